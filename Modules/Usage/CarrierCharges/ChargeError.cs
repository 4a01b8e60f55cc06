namespace Billing.Usage.CarrierCharges;

/// <summary>The codes of what can be wrong with a line of a carrier's recurring charges, besides those of lines that can't be read.</summary>
public static class ChargeError
{
    /// <summary>The number or circuit belongs to no customer.</summary>
    public const string Unassigned = "charges.unassigned";

    /// <summary>It belongs to a customer, but not in the charge's period.</summary>
    public const string NotOwned = "charges.not-owned";

    /// <summary>It belonged to one customer when the period began and to another when it ended.</summary>
    public const string OwnerChanged = "charges.owner-changed";

    /// <summary>The line names no service.</summary>
    public const string NoService = "charges.no-service";

    /// <summary>The line has no first day, or a last one before it.</summary>
    public const string BadPeriod = "charges.bad-period";

    /// <summary>The line has no amount.</summary>
    public const string NoAmount = "charges.no-amount";

    /// <summary>True where assigning something can help; a line that can't be read stays as it is.</summary>
    public static bool IsMatching(string code) => code is Unassigned or NotOwned or OwnerChanged or NoService;
}
