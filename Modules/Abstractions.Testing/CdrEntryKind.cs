namespace Billing.Abstractions.Testing;

/// <summary>Which call of a sink was made.</summary>
public enum CdrEntryKind
{
    /// <summary>A good record.</summary>
    Record,

    /// <summary>A bad line.</summary>
    Problem,

    /// <summary>A line without a record.</summary>
    Skip,
}
