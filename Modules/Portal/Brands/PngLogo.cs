using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Billing.Abstractions.Values;

namespace Billing.Portal.Brands;

/// <summary>
/// A PNG logo. Only the chunks that make the picture are kept (a camera's or a designer's notes are not printed on every bill), and it is wrapped in
/// an SVG, so that documents and pages know one kind of logo.
/// </summary>
internal static class PngLogo
{
    /// <summary>Most bytes of the picture as kept; see <see cref="SvgLogo.LongestText"/>.</summary>
    public const int MostBytes = 64 * 1024;

    private const int WidestPixels = 2400;
    private const int HighestPixels = 1200;

    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal) { "IHDR", "PLTE", "tRNS", "IDAT", "IEND", "sRGB", "gAMA", "cHRM" };

    /// <summary>Whether bytes begin as a PNG does.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    /// <summary>Reads a logo.</summary>
    /// <returns>An SVG around the picture, or <c>brand.bad-logo</c> with what is wrong.</returns>
    public static Result<string> Read(ReadOnlySpan<byte> bytes)
    {
        var (width, height, hasEnd) = (0, 0, false);
        var clean = new List<byte>(Signature);
        var at = Signature.Length;
        while (at + 12 <= bytes.Length && !hasEnd)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12) return Damaged;
            var whole = bytes.Slice(at, (int)length + 12);
            var name = Encoding.ASCII.GetString(whole.Slice(4, 4));
            if (BinaryPrimitives.ReadUInt32BigEndian(whole[^4..]) != CheckSum(whole[4..^4])) return Damaged;
            if (at == Signature.Length)
            {
                if (name != "IHDR" || length != 13) return Damaged;
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(whole[8..]), BinaryPrimitives.ReadInt32BigEndian(whole[12..]));
            }
            if (Kept.Contains(name)) clean.AddRange(whole);
            hasEnd = name == "IEND";
            at += whole.Length;
        }
        if (!hasEnd) return Damaged;
        if (width <= 0 || height <= 0 || width > WidestPixels || height > HighestPixels)
            return SvgLogo.Bad(string.Create(CultureInfo.InvariantCulture, $"The picture is {width} by {height} pixels; at most {WidestPixels} by {HighestPixels} make sense on a bill. Scale it down."));
        if (width > height * 12 || height > width * 3)
            return SvgLogo.Bad(string.Create(CultureInfo.InvariantCulture, $"The picture is {width} by {height} pixels: a logo at the head of a bill is at most twelve times as wide as high, or three times as high as wide. Cut off the empty margin."));
        if (clean.Count > MostBytes)
            return SvgLogo.Bad(string.Create(CultureInfo.InvariantCulture, $"The picture has {clean.Count / 1024} KiB; at most {MostBytes / 1024} are kept, because it is part of every bill. About 800 pixels wide is enough; an SVG is smaller still."));
        return string.Create(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"><image width="{width}" height="{height}" href="data:image/png;base64,{Convert.ToBase64String([.. clean])}"/></svg>""");
    }

    // CRC-32 as PNG wants it (ISO 3309), bit by bit: a logo is small.
    private static uint CheckSum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var part in bytes)
        {
            sum ^= part;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
        }
        return ~sum;
    }

    private static Failure Damaged { get; } = SvgLogo.Bad("The PNG is damaged: its parts do not have the length or the check sum they say. Export it again.");
}
