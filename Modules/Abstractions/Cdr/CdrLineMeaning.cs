namespace Billing.Abstractions.Cdr;

/// <summary>What a format found a line to be.</summary>
public enum CdrLineMeaning
{
    /// <summary>The record was filled in.</summary>
    Record,

    /// <summary>The line should be a record and is not; the line remembers why (<see cref="CdrLine.Problem"/>).</summary>
    Problem,

    /// <summary>Column names or a header record.</summary>
    Heading,

    /// <summary>Totals at the end.</summary>
    Trailer,

    /// <summary>Nothing is on it.</summary>
    Blank,

    /// <summary>A remark, or a record type the format knows to be no usage.</summary>
    Comment,

    /// <summary>Part of a call whose other parts are still to come; <see cref="CdrLine.Join"/> has kept it.</summary>
    Held,
}
