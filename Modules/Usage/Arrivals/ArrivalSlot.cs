namespace Billing.Usage.Arrivals;

/// <summary>One hour, day or month that a file is expected for.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="DueAt">When its file must be here.</param>
/// <param name="State">How it stands.</param>
/// <param name="Files">What came for it.</param>
/// <param name="ExcusedBy">Who said that nothing will come.</param>
/// <param name="ExcusedWhy">And why.</param>
public sealed record ArrivalSlot(DateTimeOffset Start, DateTimeOffset DueAt, ArrivalState State, IReadOnlyList<ArrivedFile> Files, string? ExcusedBy = null, string? ExcusedWhy = null);
