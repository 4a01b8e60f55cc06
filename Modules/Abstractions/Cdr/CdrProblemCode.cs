namespace Billing.Abstractions.Cdr;

/// <summary>The codes of problems that many formats share. A format may add its own under <c>cdr.</c></summary>
public static class CdrProblemCode
{
    /// <summary>The line has another number of fields than the format.</summary>
    public const string BadFieldCount = "cdr.bad-field-count";

    /// <summary>A line of fixed width is longer or shorter than it may be.</summary>
    public const string BadLength = "cdr.bad-length";

    /// <summary>A piece of a JSON, XML or ASN.1 file is not well-formed, or no element of the format.</summary>
    public const string BadStructure = "cdr.bad-structure";

    /// <summary>A date or time can't be read.</summary>
    public const string BadTime = "cdr.bad-time";

    /// <summary>A duration is negative, not a number, or absurdly long.</summary>
    public const string BadDuration = "cdr.bad-duration";

    /// <summary>A telephone number is missing where the format must have one.</summary>
    public const string BadNumber = "cdr.bad-number";

    /// <summary>An amount of money can't be read.</summary>
    public const string BadAmount = "cdr.bad-amount";

    /// <summary>A currency is not a three-letter code.</summary>
    public const string BadCurrency = "cdr.bad-currency";

    /// <summary>A field holds a value that the format does not know, such as a new record type.</summary>
    public const string UnknownValue = "cdr.unknown-value";

    /// <summary>A field that the format can't do without is empty.</summary>
    public const string MissingValue = "cdr.missing-value";

    /// <summary>A quote was opened and not closed, or stands inside a quoted field without being doubled.</summary>
    public const string OpenQuote = "cdr.open-quote";

    /// <summary>The last line has no end, and is not a whole record: the file was cut off.</summary>
    public const string Truncated = "cdr.truncated";

    /// <summary>The line, or the whole file, is not text.</summary>
    public const string NotText = "cdr.not-text";

    /// <summary>A line is longer than any record can be.</summary>
    public const string LineTooLong = "cdr.line-too-long";

    /// <summary>Part of a call whose other parts are not in the file.</summary>
    public const string Incomplete = "cdr.incomplete";

    /// <summary>A control total of the file does not agree with what is in it.</summary>
    public const string TotalsDisagree = "cdr.totals-disagree";
}
