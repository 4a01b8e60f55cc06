using System.Text;
using Billing.Abstractions.Values;

namespace Billing.Portal.Brands;

/// <summary>A logo as somebody uploads it, by what it is and not by what its name says.</summary>
public static class LogoFile
{
    /// <summary>Most bytes that are looked at.</summary>
    public const int MostBytes = 512 * 1024;

    /// <summary>Reads an SVG or a PNG.</summary>
    /// <returns>The logo as an SVG that draws and does nothing else, or <c>brand.bad-logo</c> with what is wrong with it and what to do.</returns>
    public static Result<string> Read(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length == 0) return SvgLogo.Bad("The file is empty.");
        if (bytes.Length > MostBytes) return SvgLogo.Bad($"The file has {bytes.Length / 1024} KiB; a logo has at most {MostBytes / 1024}.");
        if (PngLogo.IsOne(bytes)) return PngLogo.Read(bytes);
        if (bytes.AsSpan().StartsWith("\xFF\xD8"u8) || bytes is [0xFF, 0xD8, ..] || bytes.AsSpan().StartsWith("GIF8"u8) || bytes.AsSpan().StartsWith("RIFF"u8))
            return SvgLogo.Bad("This is a JPEG, GIF or WebP picture. Upload an SVG, or a PNG with a transparent ground.");
        try
        {
            return SvgLogo.Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException)
        {
            return SvgLogo.Bad("This is neither an SVG in UTF-8 nor a PNG.");
        }
    }
}
