using System.Globalization;
using System.Text.RegularExpressions;

namespace Billing.Screens.Colours;

/// <summary>A colour of the screen, as <c>#rrggbb</c>.</summary>
public readonly partial record struct Colour
{
    /// <summary>The least contrast of text that everybody can read (WCAG 2.2, AA).</summary>
    public const double LeastForText = 4.5;

    private const int Steps = 100;

    private readonly byte red;
    private readonly byte green;
    private readonly byte blue;

    private Colour(byte red, byte green, byte blue) => (this.red, this.green, this.blue) = (red, green, blue);

    /// <summary>White.</summary>
    public static Colour White { get; } = new(255, 255, 255);

    /// <summary>Black.</summary>
    public static Colour Black { get; } = new(0, 0, 0);

    /// <summary>Reads <c>#rrggbb</c>, and nothing else: the text may have come from anybody and goes into a style sheet.</summary>
    public static bool TryParse(string? text, out Colour colour)
    {
        colour = default;
        if (text is null || !Form().IsMatch(text)) return false;
        var value = int.Parse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        colour = new((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    /// <summary>The colour of a text, or another where it is none.</summary>
    public static Colour Of(string? text, Colour otherwise) => TryParse(text, out var colour) ? colour : otherwise;

    /// <summary>How far two colours stand apart for the eye: 1 for the same, 21 for black and white (WCAG 2.2).</summary>
    public double ContrastTo(Colour other)
    {
        var (a, b) = (Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>Black or white, whichever is read better on this colour; one of them always has 4.5 and more.</summary>
    public Colour TextOnIt => ContrastTo(White) >= ContrastTo(Black) ? White : Black;

    /// <summary>This colour, made darker or lighter just as far as text in it needs to be read on a ground.</summary>
    public Colour ReadableOn(Colour ground)
    {
        var towards = ground.TextOnIt;
        for (var step = 0; step < Steps; step++)
            if (Mixed(towards, step / (double)Steps) is var candidate && candidate.ContrastTo(ground) >= LeastForText) return candidate;
        return towards;
    }

    /// <summary>Between this colour (0) and another (1).</summary>
    public Colour Mixed(Colour other, double share) => new(Between(red, other.red, share), Between(green, other.green, share), Between(blue, other.blue, share));

    /// <summary><c>#rrggbb</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}");

    private double Luminance => (0.2126 * Linear(red)) + (0.7152 * Linear(green)) + (0.0722 * Linear(blue));

    private static double Linear(byte part)
    {
        var share = part / 255d;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    private static byte Between(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share), MidpointRounding.AwayFromZero);

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z")]
    private static partial Regex Form();
}
