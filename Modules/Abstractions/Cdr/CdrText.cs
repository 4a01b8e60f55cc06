using System.Text;
using System.Text.Unicode;

namespace Billing.Abstractions.Cdr;

/// <summary>Bytes of a file as text.</summary>
public static class CdrText
{
    private const int Looked = 4096;

    /// <summary>
    /// Reads bytes as UTF-8 where they are UTF-8, and as Latin-1 otherwise: files of the trade are one or the other, and no byte is ever lost.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    /// <summary>
    /// Tells a text file from an archive, a picture or a spreadsheet that somebody uploaded by mistake: why it is no text, as a sentence for a
    /// person; null when it may well be.
    /// </summary>
    /// <param name="head">The first bytes of the file; 4 KiB are looked at.</param>
    public static string? WhyNotText(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8)) return "The file is a zip archive or a spreadsheet, not text. Unpack it, or save the sheet as CSV.";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return "The file is compressed with gzip. Unpack it first.";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF])) return "The file is a 7z archive. Unpack it first.";
        if (head.StartsWith("Rar!"u8)) return "The file is a rar archive. Unpack it first.";
        if (head.StartsWith("%PDF-"u8)) return "The file is a PDF document, not a CDR file.";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return "The file is written in UTF-16. Save it as UTF-8.";

        if (head.Length > Looked) head = head[..Looked];
        var controls = 0;
        foreach (var c in head)
            if (c < ' ' && c is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x1A)) controls++;
        // A damaged line has a few; of random bytes every tenth is one, and in UTF-16 every second.
        return controls * 16 > head.Length ? "The file is not text, so it can't be a CDR file of this format." : null;
    }

    /// <summary>The same as <see cref="Decode"/>, cut to a length that fits into a message; control characters become dots.</summary>
    internal static string Excerpt(ReadOnlySpan<byte> bytes, int length = 80)
    {
        var isCut = bytes.Length > length;
        var text = Decode(isCut ? bytes[..length] : bytes);
        if (text.AsSpan().IndexOfAnyInRange('\0', '\x1F') >= 0)
            text = string.Create(text.Length, text, static (to, from) =>
            {
                for (var i = 0; i < to.Length; i++) to[i] = from[i] < ' ' ? '.' : from[i];
            });
        return isCut ? text + "..." : text;
    }
}
