using System.Globalization;

namespace Billing.Screens.Colours;

/// <summary>
/// What a screen needs of a brand's colours. Whatever a reseller chose, text stays readable: on the colour it is black or white, and as the colour of
/// text it is darkened or lightened as far as needed, once for light screens and once for dark ones.
/// </summary>
/// <param name="Ground">The brand's own colour, for areas.</param>
/// <param name="OnGround">Text on it.</param>
/// <param name="Ink">The brand's colour as text on a light screen.</param>
/// <param name="InkInTheDark">The same on a dark screen.</param>
/// <param name="Accent">The second colour, for areas.</param>
/// <param name="OnAccent">Text on it.</param>
public sealed record BrandPalette(Colour Ground, Colour OnGround, Colour Ink, Colour InkInTheDark, Colour Accent, Colour OnAccent)
{
    /// <summary>What stands in for a colour that is none.</summary>
    public const string Otherwise = "#33516e";

    // The darkest ground that text stands on in the light, and the lightest in the dark.
    private const string LightGround = "#eaeef2";
    private const string DarkGround = "#2a333d";

    /// <summary>The palette of a brand's two colours; stored text is not trusted to be a colour.</summary>
    public static BrandPalette Of(string? primary, string? accent)
    {
        var otherwise = Colour.Of(Otherwise, Colour.Black);
        var ground = Colour.Of(primary, otherwise);
        var second = Colour.Of(accent, ground);
        return new(ground, ground.TextOnIt, ground.ReadableOn(Colour.Of(LightGround, Colour.White)), ground.ReadableOn(Colour.Of(DarkGround, Colour.Black)), second, second.TextOnIt);
    }

    /// <summary>What a reseller should know about a colour they chose; null where there is nothing to say.</summary>
    /// <param name="label">Which of their colours: <c>The main colour</c>.</param>
    /// <param name="colour">The colour.</param>
    public static string? WarningOf(string label, string? colour)
    {
        if (!Colour.TryParse(colour, out var parsed)) return null;
        var contrast = parsed.ContrastTo(Colour.White);
        return contrast >= Colour.LeastForText
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"{label} {parsed} has a contrast of {Math.Floor(contrast * 100) / 100:0.00} to 1 on white; text needs {Colour.LeastForText:0.0}. It is kept for areas, and text is written in {parsed.ReadableOn(Colour.White)} instead.");
    }

    /// <summary>The palette as custom properties of a style sheet, for light and for dark screens.</summary>
    public string ToStyleSheet() => $$"""
        :root { --brand: {{Ground}}; --on-brand: {{OnGround}}; --brand-ink: {{Ink}}; --accent: {{Accent}}; --on-accent: {{OnAccent}}; }
        [data-bs-theme=dark] { --brand-ink: {{InkInTheDark}}; }
        @media screen and (prefers-color-scheme: dark) { :root:not([data-bs-theme]) { --brand-ink: {{InkInTheDark}}; } }

        """;
}
