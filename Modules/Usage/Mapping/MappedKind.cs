namespace Billing.Usage.Mapping;

/// <summary>What the lines of a described file are.</summary>
public enum MappedKind
{
    /// <summary>Calls, messages and data.</summary>
    Calls,

    /// <summary>Recurring charges: amounts for days, negative for a credit.</summary>
    Recurring,
}
