using System.Globalization;

namespace Billing.Delivery.Rendering;

/// <summary>The objects of a PDF as Chromium writes it: one plain cross-reference table, every object directly in the file.</summary>
/// <remarks>Reads what Skia writes and nothing else; anything unexpected is an <see cref="InvalidDataException"/>, never a guess.</remarks>
sealed class PdfFile
{
    readonly ReadOnlyMemory<byte> bytes;
    readonly int[] offsets;         // by object number; 0 for a number without an object
    readonly int[] ends;            // where the next object or the table begins

    PdfFile(ReadOnlyMemory<byte> bytes, int[] offsets, int[] ends, int root, int info) =>
        (this.bytes, this.offsets, this.ends, Root, Info) = (bytes, offsets, ends, root, info);

    /// <summary>What stands before the first object: the version, and a comment that marks the file as binary.</summary>
    public ReadOnlyMemory<byte> Header => bytes[..offsets.Where(offset => offset > 0).Min()];

    /// <summary>Object number of the catalog.</summary>
    public int Root { get; }

    /// <summary>Object number of the document information.</summary>
    public int Info { get; }

    /// <summary>The object's bytes from <c>N 0 obj</c> to <c>endobj</c>, both included.</summary>
    public ReadOnlyMemory<byte> Object(int number)
    {
        if (number <= 0 || number >= offsets.Length || offsets[number] == 0) throw Broken($"object {number} is missing");
        return bytes[offsets[number]..ends[number]];
    }

    /// <summary>Where the object begins in the file.</summary>
    public int OffsetOf(int number) => offsets[number];

    public static PdfFile Read(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (!span.StartsWith("%PDF-"u8)) throw Broken("it does not begin with %PDF-");
        if (!span.TrimEnd("\r\n"u8).EndsWith("%%EOF"u8)) throw Broken("it does not end with %%EOF");
        var mark = span.LastIndexOf("startxref"u8);
        if (mark < 0) throw Broken("startxref is missing");
        var table = Number(span, mark + "startxref"u8.Length, out _);
        if (table <= 0 || table >= mark || !span[table..].StartsWith("xref\n0 "u8)) throw Broken("the cross-reference table is not where startxref says");
        var count = Number(span, table + "xref\n0 "u8.Length, out var at);
        at++;
        // Each entry has 20 bytes: ten digits, generation, n or f.
        if (count < 1 || count > (mark - at) / 20) throw Broken("the cross-reference table is cut short");
        var offsets = new int[count];
        for (var number = 0; number < count; number++, at += 20)
            if (span[at + 17] == (byte)'n') offsets[number] = Number(span, at, out _);
        var trailer = bytes[at..mark];
        var ends = Ends(offsets, table);
        for (var number = 1; number < count; number++)
            if (offsets[number] != 0 && !Begins(span[offsets[number]..ends[number]], number)) throw Broken($"object {number} is not where the table says");
        return new PdfFile(bytes, offsets, ends, Reference(trailer.Span, "/Root"u8), Reference(trailer.Span, "/Info"u8));
    }

    public static InvalidDataException Broken(string what) => new($"The browser wrote a PDF that cannot be read: {what}.");

    static bool Begins(ReadOnlySpan<byte> span, int number) =>
        span.StartsWith(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj")));

    static int Reference(ReadOnlySpan<byte> trailer, ReadOnlySpan<byte> key)
    {
        var at = trailer.IndexOf(key);
        if (at < 0) throw Broken("its trailer has no /Root or no /Info");
        return Number(trailer, at + key.Length, out _);
    }

    static int Number(ReadOnlySpan<byte> span, int at, out int end)
    {
        while (at < span.Length && span[at] is (byte)' ' or (byte)'\n' or (byte)'\r') at++;
        long number = 0;
        for (end = at; end < span.Length && span[end] is >= (byte)'0' and <= (byte)'9'; end++)
        {
            number = number * 10 + span[end] - '0';
            if (number > int.MaxValue) throw Broken("a number is too large");
        }
        return end == at ? throw Broken("a number is missing") : (int)number;
    }

    static int[] Ends(int[] offsets, int table)
    {
        var ends = new int[offsets.Length];
        var numbers = Enumerable.Range(0, offsets.Length).Where(number => offsets[number] != 0).OrderBy(number => offsets[number]).ToArray();
        for (var index = 0; index < numbers.Length; index++)
        {
            ends[numbers[index]] = index + 1 < numbers.Length ? offsets[numbers[index + 1]] : table;
            if (offsets[numbers[index]] >= ends[numbers[index]]) throw Broken("two objects overlap");
        }
        return ends;
    }
}
