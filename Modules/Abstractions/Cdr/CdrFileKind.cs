namespace Billing.Abstractions.Cdr;

/// <summary>What a file covers, which decides whether it replaces another.</summary>
public enum CdrFileKind
{
    /// <summary>Nothing says; treated like <see cref="Daily"/>.</summary>
    Unknown,

    /// <summary>New calls since the last file.</summary>
    Daily,

    /// <summary>The whole month again, with corrections: replaces that carrier's daily records of the month that are not billed yet.</summary>
    Monthly,

    /// <summary>Only the differences between the daily files and the month.</summary>
    Reconciliation,
}
