namespace Billing.Abstractions.Cdr;

/// <summary>Whether a delimited file starts with the names of its columns.</summary>
public enum CdrHeading
{
    /// <summary>
    /// The first line that is not blank is taken for a heading when it is no record and each of its fields is empty or starts with a
    /// letter. What the names are does not matter: carriers rename columns without notice.
    /// </summary>
    Detect,

    /// <summary>The first line that is not blank is always a heading.</summary>
    Always,

    /// <summary>There is none.</summary>
    Never,
}
