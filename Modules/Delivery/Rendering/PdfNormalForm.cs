using System.Globalization;
using System.Text;

namespace Billing.Delivery.Rendering;

/// <summary>Removes from a PDF what depends on when and after what it was printed, so that the same document always has the same bytes.</summary>
/// <remarks>Two things do: the dates, and in tagged output the names of table headings, which Chromium numbers from its own start. (It writes
/// no file identifier.) Both are replaced by others of the same length, so nothing in the file moves.</remarks>
static class PdfNormalForm
{
    const int DigitCount = 8;

    public static void Apply(byte[] pdf, DateTimeOffset datedAt)
    {
        var file = PdfFile.Read(pdf);
        var info = pdf.AsSpan(file.OffsetOf(file.Info), file.Object(file.Info).Length);
        var date = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"D:{datedAt.UtcDateTime:yyyyMMddHHmmss}+00'00'"));
        SetDate(info, "/CreationDate ("u8, date);
        SetDate(info, "/ModDate ("u8, date);
        RenumberHeadings(pdf);
    }

    // A title cannot imitate the key: in a PDF string its bracket would stand behind a backslash.
    static void SetDate(Span<byte> info, ReadOnlySpan<byte> key, ReadOnlySpan<byte> date)
    {
        var at = info.IndexOf(key);
        if (at < 0) throw PdfFile.Broken("its information has no date");
        var value = info[(at + key.Length)..];
        if (value.Length <= date.Length || value[date.Length] != (byte)')') throw PdfFile.Broken("its date has an unknown form");
        date.CopyTo(value);
    }

    static void RenumberHeadings(Span<byte> pdf)
    {
        SortedSet<int> numbers = [];
        foreach (var at in Names(pdf, "/ID "u8)) numbers.Add(NumberAt(pdf, at));
        if (numbers.Count == 0) return;
        // In their old order, because the file also holds a tree of them that is sorted by name.
        var renumbered = numbers.Select((number, index) => (number, index)).ToDictionary(pair => pair.number, pair => pair.index + 1);
        foreach (var at in Names(pdf, ""u8))
            if (IsReference(pdf[..(at - "(node"u8.Length)]) && renumbered.TryGetValue(NumberAt(pdf, at), out var number))
                number.TryFormat(pdf.Slice(at, DigitCount), out _, "D8", CultureInfo.InvariantCulture);
    }

    // A heading is named after /ID, and in arrays of names. After any other key the text is the document's own, such as an image's /Alt.
    static bool IsReference(ReadOnlySpan<byte> before) =>
        before.EndsWith("/ID "u8) || before.EndsWith("["u8) || before.EndsWith("R "u8) || before.EndsWith(") "u8);

    /// <summary>Where the digits of each <c>(node00000000)</c> begin that stands behind the given text.</summary>
    static List<int> Names(ReadOnlySpan<byte> pdf, ReadOnlySpan<byte> before)
    {
        List<int> found = [];
        for (var from = 0; pdf[from..].IndexOf("(node"u8) is >= 0 and var step; from += step + 1)
        {
            var at = from + step + "(node"u8.Length;
            if (at + DigitCount < pdf.Length && pdf[at + DigitCount] == (byte)')' && pdf[..(from + step)].EndsWith(before)
                && !pdf.Slice(at, DigitCount).ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                found.Add(at);
        }
        return found;
    }

    static int NumberAt(ReadOnlySpan<byte> pdf, int at) => int.Parse(pdf.Slice(at, DigitCount), NumberStyles.None, CultureInfo.InvariantCulture);
}
