using System.Globalization;
using System.Text;

namespace Billing.Delivery.Rendering;

/// <summary>Replaces the time of printing in a PDF, so that the same document always has the same bytes.</summary>
/// <remarks>The dates are all that differs between two prints: Chromium writes no file identifier. They have a fixed length, so nothing moves.</remarks>
static class PdfDates
{
    public static void Set(byte[] pdf, DateTimeOffset at)
    {
        var file = PdfFile.Read(pdf);
        var info = pdf.AsSpan(file.OffsetOf(file.Info), file.Object(file.Info).Length);
        var date = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"D:{at.UtcDateTime:yyyyMMddHHmmss}+00'00'"));
        Replace(info, "/CreationDate ("u8, date);
        Replace(info, "/ModDate ("u8, date);
    }

    // A title cannot imitate the key: in a PDF string its bracket would stand behind a backslash.
    static void Replace(Span<byte> info, ReadOnlySpan<byte> key, ReadOnlySpan<byte> date)
    {
        var at = info.IndexOf(key);
        if (at < 0) throw PdfFile.Broken("its information has no date");
        var value = info[(at + key.Length)..];
        if (value.Length <= date.Length || value[date.Length] != (byte)')') throw PdfFile.Broken("its date has an unknown form");
        date.CopyTo(value);
    }
}
