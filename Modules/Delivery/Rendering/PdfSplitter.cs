using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Billing.Delivery.Rendering;

/// <summary>Cuts a print of several joined documents into one PDF each.</summary>
/// <remarks>A document's file holds its own pages and what they refer to. Fonts are shared by the whole print, so a file may contain the shape
/// of a letter that only a neighbour used; it contains no text of a neighbour.</remarks>
static partial class PdfSplitter
{
    /// <summary>Begins the name of the destination that marks where a document begins; its place in the print follows.</summary>
    public const string Mark = "billing-document-";

    /// <summary>How many pages each document has, in the order of the print.</summary>
    public static int[] PageCounts(PdfFile file, int documents)
    {
        var pages = Pages(file, out _);
        var starts = Enumerable.Repeat(-1, documents).ToArray();
        var destinations = Encoding.Latin1.GetString(file.Object(Reference(file, file.Root, "/Dests ")).Span);
        foreach (Match match in Destination().Matches(destinations))
        {
            var document = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (document < documents) starts[document] = pages.IndexOf(int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        }
        var counts = new int[documents];
        for (var document = 0; document < documents; document++)
        {
            counts[document] = (document + 1 < documents ? starts[document + 1] : pages.Count) - starts[document];
            if (starts[0] != 0 || starts[document] < 0 || counts[document] < 1) throw PdfFile.Broken("the joined documents cannot be told apart");
        }
        return counts;
    }

    /// <summary>The pages from <paramref name="first"/> as a file of their own.</summary>
    public static byte[] Cut(PdfFile file, int first, int count, string title, DateTimeOffset datedAt)
    {
        var pages = Pages(file, out var nodes);
        var kept = pages.GetRange(first, count);
        var numbers = Reachable(file, kept, [.. pages], nodes);
        var next = 2;
        var renumbered = numbers.ToDictionary(number => number, _ => next++);
        int tree = next++, root = next++;
        foreach (var node in nodes) renumbered[node] = tree;

        var pdf = new ArrayBufferWriter<byte>(64 * 1024);
        List<int> offsets = [0];
        pdf.Write(file.Header.Span);
        Write(Information(file, title, datedAt));
        foreach (var number in numbers)
        {
            offsets.Add(pdf.WrittenCount);
            Copy(file.Object(number).Span, renumbered, pdf);
        }
        Write($"{tree} 0 obj\n<</Type /Pages\n/Count {count}\n/Kids [{string.Join(' ', kept.Select(page => $"{renumbered[page]} 0 R"))}]>>\nendobj\n");
        Write($"{root} 0 obj\n<</Type /Catalog\n/Pages {tree} 0 R\n/ViewerPreferences <</Type /ViewerPreferences\n/DisplayDocTitle true>>>>\nendobj\n");
        var table = pdf.WrittenCount;
        var end = new StringBuilder().Append(CultureInfo.InvariantCulture, $"xref\n0 {next}\n0000000000 65535 f \n");
        foreach (var offset in offsets.Skip(1)) end.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        end.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {next}\n/Root {root} 0 R\n/Info 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        pdf.Write(Encoding.ASCII.GetBytes(end.ToString()));
        return pdf.WrittenSpan.ToArray();

        void Write(string text)
        {
            offsets.Add(pdf.WrittenCount);
            pdf.Write(Encoding.ASCII.GetBytes(text));
        }
    }

    /// <summary>The pages in reading order, and the tree nodes above them.</summary>
    static List<int> Pages(PdfFile file, out HashSet<int> nodes)
    {
        List<int> pages = [];
        HashSet<int> above = [];
        Walk(Reference(file, file.Root, "/Pages "));
        nodes = above;
        return pages;

        void Walk(int number)
        {
            var span = file.Object(number).Span;
            if (span.IndexOf("/Type /Pages"u8) < 0)
            {
                pages.Add(number);
                return;
            }
            if (!above.Add(number)) throw PdfFile.Broken("its page tree goes round in a circle");
            var from = span.IndexOf("/Kids ["u8);
            var to = from < 0 ? -1 : span[from..].IndexOf((byte)']');
            if (to < 0) throw PdfFile.Broken("its page tree has no /Kids");
            foreach (var kid in PdfReferences.In(span.Slice(from, to))) Walk(kid.Number);
        }
    }

    static List<int> Reachable(PdfFile file, List<int> kept, HashSet<int> pages, HashSet<int> nodes)
    {
        SortedSet<int> found = [.. kept];
        var waiting = new Stack<int>(kept);
        while (waiting.TryPop(out var number))
        {
            foreach (var reference in PdfReferences.In(file.Object(number).Span))
            {
                if (nodes.Contains(reference.Number) || found.Contains(reference.Number)) continue;
                if (pages.Contains(reference.Number)) throw PdfFile.Broken("a page refers to a page of another document");
                found.Add(reference.Number);
                waiting.Push(reference.Number);
            }
        }
        return [.. found];
    }

    static void Copy(ReadOnlySpan<byte> source, Dictionary<int, int> renumbered, ArrayBufferWriter<byte> target)
    {
        var own = source.IndexOf(" 0 obj"u8);
        target.Write(Digits(renumbered[int.Parse(source[..own], NumberStyles.None, CultureInfo.InvariantCulture)]));
        var copied = own;
        foreach (var reference in PdfReferences.In(source))
        {
            target.Write(source[copied..reference.Offset]);
            target.Write(Digits(renumbered[reference.Number]));
            copied = reference.Offset + reference.DigitCount;
        }
        target.Write(source[copied..]);
    }

    static byte[] Digits(int number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    static int Reference(PdfFile file, int number, string key)
    {
        var span = file.Object(number).Span;
        var at = span.IndexOf(Encoding.ASCII.GetBytes(key));
        if (at < 0) throw PdfFile.Broken($"its catalog has no {key.Trim()}");
        foreach (var reference in PdfReferences.In(span[at..])) return reference.Number;
        throw PdfFile.Broken($"its catalog has no {key.Trim()}");
    }

    static string Information(PdfFile file, string title, DateTimeOffset datedAt)
    {
        var old = Encoding.Latin1.GetString(file.Object(file.Info).Span);
        var date = string.Create(CultureInfo.InvariantCulture, $"(D:{datedAt.UtcDateTime:yyyyMMddHHmmss}+00'00')");
        var named = title.Length == 0 ? "" : $"/Title {Text(title)}\n";
        return $"1 0 obj\n<<{named}/Creator {Value("Creator")}\n/Producer {Value("Producer")}\n/CreationDate {date}\n/ModDate {date}>>\nendobj\n";

        // These two are the browser's own words, without brackets inside.
        string Value(string key) => Regex.Match(old, $@"/{key} (\([^()\\]*\))") is { Success: true } match ? match.Groups[1].Value : "()";
    }

    /// <summary>A PDF text string: plain where it can be, else UTF-16 in hexadecimal, which needs no escapes.</summary>
    static string Text(string text) => text.All(letter => letter is >= ' ' and <= '~' and not ('(' or ')' or '\\'))
        ? $"({text})"
        : $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    [GeneratedRegex(Mark + @"(\d+) \[(\d+) 0 R")]
    private static partial Regex Destination();
}
