namespace Billing.Abstractions.Cdr;

/// <summary>How a file of elements is cut: which JSON objects or XML elements are the records.</summary>
public sealed record CdrElements
{
    private CdrElements(bool isXml, IReadOnlyList<string> names) => (IsXml, Names) = (isXml, names);

    /// <summary>
    /// Longest element in bytes, and most bytes that may come before the first one. A longer one ends the reading, for where it ends can't be told; at most 16 MiB.
    /// </summary>
    public int MaxBytes { get; init; } = 1 << 20;

    /// <summary>True for XML elements, false for JSON objects.</summary>
    public bool IsXml { get; }

    /// <summary>Names of the XML element, or of the JSON arrays.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// JSON objects: those of an array with one of these names in the outermost object; otherwise each object of the outermost array; otherwise each outermost
    /// object (one a line, or one after the other).
    /// </summary>
    public static CdrElements Json(params IReadOnlyList<string> arrays) => new(isXml: false, arrays);

    /// <summary>XML elements of this name, wherever they stand; the name is without prefix.</summary>
    public static CdrElements Xml(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(isXml: true, [name]);
    }
}
