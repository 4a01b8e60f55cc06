namespace Billing.Abstractions.Cdr;

/// <summary>Where a field stands on a line of fixed width, as carriers' documents count: bytes from 1, both ends included.</summary>
/// <param name="From">Its first byte.</param>
/// <param name="To">Its last byte.</param>
/// <param name="Name">For messages; empty where it has none.</param>
public readonly record struct CdrColumn(int From, int To, string Name = "");
