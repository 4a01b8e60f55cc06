using Billing.Abstractions.Cdr;

namespace Billing.Rating.Allowances;

/// <summary>A priced call, as allowances and caps look at it.</summary>
public sealed record DrawCall
{
    /// <summary>Which call.</summary>
    public required DrawKey Key { get; init; }

    /// <summary>What makes it the same record in whatever file it comes: decides between calls that start together, so that the order of files does not.</summary>
    public Guid RecordKey { get; init; }

    /// <summary>The instant it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The day it started on, on the tenant's clock (rule R8).</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Whose it is.</summary>
    public required long Account { get; init; }

    /// <summary>Of which service.</summary>
    public required long Service { get; init; }

    /// <summary>At which site; null for none.</summary>
    public long? Site { get; init; }

    /// <summary>Voice, message or data.</summary>
    public CdrKind Kind { get; init; }

    /// <summary>What the tariff calls where it went.</summary>
    public required string Destination { get; init; }

    /// <summary>True for a UK 03 number, which is treated as a geographic one.</summary>
    public bool IsUkWide { get; init; }

    /// <summary>Answered seconds.</summary>
    public int Seconds { get; init; }

    /// <summary>Seconds the tariff bills; 0 where it bills none by the second: the answered ones count then.</summary>
    public int BillableSeconds { get; init; }

    /// <summary>Messages or bytes.</summary>
    public long Quantity { get; init; } = 1;

    /// <summary>What it costs without any allowance or cap; negative for a reversal.</summary>
    public required decimal Price { get; init; }

    /// <summary>The call that a reversal takes back, where it is known (rule R16).</summary>
    public DrawKey? ReversalOf { get; init; }

    /// <summary>How much there is of it, as an allowance counts.</summary>
    internal decimal UnitsFor(Allowance allowance) => Kind switch
    {
        CdrKind.Voice => Math.Max(1, Math.Abs(allowance.CountsActual || BillableSeconds == 0 ? Seconds : BillableSeconds)),
        _ => Math.Max(1, Math.Abs(Quantity)),
    };
}
