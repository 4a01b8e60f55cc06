namespace Billing.Usage.CarrierCharges;

/// <summary>The states of a line of a carrier's recurring charges: each is in exactly one.</summary>
public static class ChargeState
{
    /// <summary>Known whose it is: by rule, or by hand where a ruling says it.</summary>
    public const string Allocated = "allocated";

    /// <summary>Nobody is known to whom it belongs.</summary>
    public const string Unallocated = "unallocated";

    /// <summary>Somebody decided that it is no customer's, and why.</summary>
    public const string Excluded = "excluded";

    /// <summary>The same line stands in an earlier file.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Can't be read.</summary>
    public const string Bad = "bad";

    /// <summary>All of them, those that want something done first.</summary>
    public static IReadOnlyList<string> All { get; } = [Unallocated, Bad, Allocated, Excluded, Duplicate];
}
