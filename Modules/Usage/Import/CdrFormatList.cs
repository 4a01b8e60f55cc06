using Billing.Abstractions.Cdr;

namespace Billing.Usage.Import;

/// <summary><c>billing cdr formats</c>: the formats there are, what recognises them, and which clock they are read by.</summary>
public static class CdrFormatList
{
    /// <summary>Writes four short lines a format.</summary>
    public static void Write(CdrFormatCatalog catalog, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(output);
        foreach (var info in catalog.Formats.Select(format => format.Info))
        {
            output.WriteLine($"{info.Id}  {info.Name}");
            output.WriteLine($"    carrier     {info.Carrier}");
            output.WriteLine($"    recognised  {(info.RecognisedBy.Length > 0 ? info.RecognisedBy : "-")}");
            output.WriteLine($"    file names  {(info.FileNames.Count > 0 ? string.Join("  ", info.FileNames) : "-")}");
            output.WriteLine($"    times       {info.TimeBase}");
        }
        if (catalog.Formats.Count == 0) output.WriteLine("No CDR format is loaded. See plugins.json.");
    }
}
