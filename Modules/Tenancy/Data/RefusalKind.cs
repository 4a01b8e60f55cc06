namespace Billing.Tenancy.Data;

/// <summary>Sorts of rules a database keeps.</summary>
public enum RefusalKind
{
    /// <summary>Another row has that value already (unique).</summary>
    Taken,

    /// <summary>Another row holds the same thing on some of the same days (exclusion).</summary>
    Overlap,

    /// <summary>Other rows refer to this one, or what it refers to is not there (foreign key).</summary>
    Referred,

    /// <summary>A value that can't be (check).</summary>
    Check,

    /// <summary>A lock that could not be had in the time the statement was given.</summary>
    Busy,
}
