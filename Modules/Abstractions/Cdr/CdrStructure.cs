namespace Billing.Abstractions.Cdr;

/// <summary>Lines that carry no record.</summary>
public enum CdrStructure
{
    /// <summary>Column names or a header record.</summary>
    Heading,

    /// <summary>Totals at the end.</summary>
    Trailer,

    /// <summary>Nothing.</summary>
    Blank,

    /// <summary>A remark, or a record type the format knows to be no usage.</summary>
    Comment,
}
