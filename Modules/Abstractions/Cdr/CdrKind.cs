namespace Billing.Abstractions.Cdr;

/// <summary>What was used.</summary>
public enum CdrKind
{
    /// <summary>A call; its duration in seconds counts, its quantity is 1.</summary>
    Voice,

    /// <summary>Text messages; the quantity is their number.</summary>
    Sms,

    /// <summary>Data; the quantity is bytes, both ways together.</summary>
    Data,
}
