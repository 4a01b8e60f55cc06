namespace Billing.Abstractions.Cdr;

/// <summary>What a CDR format says about itself.</summary>
/// <param name="Id">Stable, lower case with dashes, for example <c>gamma-fcs-v3</c>. Stored with every file that was read by it.</param>
/// <param name="Name">For people, for example "UK industry standard, 42 columns".</param>
/// <param name="Carrier">Who sends such files where no source says otherwise; two carriers' record ids are never compared.</param>
/// <param name="TimeBase">Which clock wrote the times in the file.</param>
public sealed record CdrFormatInfo(string Id, string Name, string Carrier, CdrTimeBase TimeBase)
{
    /// <summary>File name patterns (<c>*</c> and <c>?</c>) shown to people who wonder what the format recognises; not a promise.</summary>
    public IReadOnlyList<string> FileNames { get; init; } = [];

    /// <summary>
    /// True where a file consists of elements rather than lines (JSON, XML, ASN.1): line numbers then count elements from 1, header and trailer among them.
    /// </summary>
    public bool CountsElements { get; init; }

    /// <summary>One sentence: by what content the format knows its own files.</summary>
    public string RecognisedBy { get; init; } = "";
}
