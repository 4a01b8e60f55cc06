using System.Globalization;
using System.Text;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// How a column writes date and time together, understood once and used for every line. Keep one in a <c>static readonly</c> field.
/// </summary>
/// <remarks>
/// <c>yyyy</c>, <c>MM</c>, <c>dd</c>, <c>HH</c>, <c>mm</c>, <c>ss</c> are digits of exactly that width (<c>yy</c> is 2000 to 2099); <c>M</c>, <c>d</c> and
/// <c>H</c> alone take one or two; <c>f</c> takes a fraction of any length, which is dropped, with the point before it, both of which
/// may be missing; <c>z</c> takes an offset (<c>Z</c>, <c>+0100</c>, <c>+01:00</c>); a space takes one or more; letters between single quotes stand for
/// themselves, as does everything else. Without <c>HH</c> it is a date, and midnight is meant.
/// </remarks>
public sealed class CdrTimePattern
{
    private enum Part : byte { Literal, Space, Year4, Year2, Month, Day, Hour, Minute, Second, Fraction, Offset }

    private readonly record struct Step(Part Part, byte Least, byte Most, byte Literal);

    private readonly Step[] steps;

    private CdrTimePattern(string pattern, Step[] steps)
    {
        Pattern = pattern;
        this.steps = steps;
    }

    /// <summary>The pattern as it was given.</summary>
    public string Pattern { get; }

    /// <summary>Understands a pattern.</summary>
    /// <exception cref="FormatException">It has no year, month and day, or holds a letter that means nothing.</exception>
    public static CdrTimePattern Of(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        var steps = new List<Step>();
        for (var i = 0; i < pattern.Length;)
        {
            var c = pattern[i];
            if (c == '\'' && pattern.IndexOf('\'', i + 1) is > 0 and var close)
            {
                if (!Ascii.IsValid(pattern.AsSpan(i + 1, close - i - 1))) throw new FormatException($"'{pattern}': only ASCII letters can stand between quotes.");
                foreach (var literal in pattern.AsSpan(i + 1, close - i - 1)) steps.Add(new(Part.Literal, 1, 1, (byte)literal));
                i = close + 1;
                continue;
            }
            var run = 1;
            while (i + run < pattern.Length && pattern[i + run] == c) run++;
            steps.Add((c, run) switch
            {
                ('y', 4) => new(Part.Year4, 4, 4, 0),
                ('y', 2) => new(Part.Year2, 2, 2, 0),
                ('M', 1 or 2) => new(Part.Month, (byte)run, 2, 0),
                ('d', 1 or 2) => new(Part.Day, (byte)run, 2, 0),
                ('H', 1 or 2) => new(Part.Hour, (byte)run, 2, 0),
                ('m', 1 or 2) => new(Part.Minute, (byte)run, 2, 0),
                ('s', 1 or 2) => new(Part.Second, (byte)run, 2, 0),
                ('f', _) => new(Part.Fraction, 0, 0, 0),
                ('z', _) => new(Part.Offset, 0, 0, 0),
                (' ', _) => new(Part.Space, 1, 1, 0),
                _ when char.IsAscii(c) && (!char.IsAsciiLetter(c) || c == 'T') && run == 1 => new(Part.Literal, 1, 1, (byte)c),
                _ => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{pattern}': '{c}' at {i + 1} means nothing in a time pattern.")),
            });
            i += run;
        }
        foreach (var needed in (Part[])[Part.Month, Part.Day])
            if (!steps.Exists(step => step.Part == needed)) throw new FormatException($"'{pattern}' has no {needed}.");
        if (!steps.Exists(step => step.Part is Part.Year4 or Part.Year2)) throw new FormatException($"'{pattern}' has no year.");
        return new(pattern, [.. steps]);
    }

    /// <summary>Reads a whole text. <c>24:00:00</c> is midnight at the end of its day. Allocates nothing.</summary>
    /// <returns>False when the text is something else, or no such day or time exists.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, out CdrTime time)
    {
        time = default;
        int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
        TimeSpan? offset = null;
        foreach (var step in steps)
        {
            switch (step.Part)
            {
                case Part.Literal:
                    if (text.IsEmpty || text[0] != step.Literal) return false;
                    text = text[1..];
                    continue;
                case Part.Space:
                    if (text.IsEmpty || text[0] != ' ') return false;
                    text = text.TrimStart((byte)' ');
                    continue;
                case Part.Fraction:
                    text = SkipFraction(text);
                    continue;
                case Part.Offset:
                    if (!TryReadOffset(ref text, out var read)) return false;
                    offset = read;
                    continue;
            }

            if (!TryReadDigits(ref text, step.Least, step.Most, out var value)) return false;
            switch (step.Part)
            {
                case Part.Year4: year = value; break;
                case Part.Year2: year = 2000 + value; break;
                case Part.Month: month = value; break;
                case Part.Day: day = value; break;
                case Part.Hour: hour = value; break;
                case Part.Minute: minute = value; break;
                case Part.Second: second = value; break;
            }
        }
        if (!text.IsEmpty || !FieldReader.TryMakeDate(year, month, day, out var date)) return false;
        if (!FieldReader.TryMakeTime(hour, minute, second, out var sinceMidnight)) return false;
        time = new(date.ToDateTime(TimeOnly.MinValue) + sinceMidnight, offset);
        return true;
    }

    /// <summary>The pattern.</summary>
    public override string ToString() => Pattern;

    private static bool TryReadDigits(ref ReadOnlySpan<byte> text, int least, int most, out int value)
    {
        value = 0;
        var count = 0;
        while (count < most && count < text.Length && (uint)(text[count] - '0') <= 9) value = value * 10 + (text[count++] - '0');
        text = text[count..];
        return count >= least;
    }

    private static ReadOnlySpan<byte> SkipFraction(ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[0] is (byte)'.' or (byte)',' && (uint)(text[1] - '0') <= 9) text = text[1..];
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits < 0 ? [] : text[digits..];
    }

    private static bool TryReadOffset(ref ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = default;
        if (text.IsEmpty) return false;
        var sign = text[0];
        text = text[1..];
        if (sign == 'Z') return true;
        if (sign is not ((byte)'+' or (byte)'-') || !TryReadDigits(ref text, 2, 2, out var hours)) return false;
        if (!text.IsEmpty && text[0] == ':') text = text[1..];
        if (!TryReadDigits(ref text, 2, 2, out var minutes) || hours > 14 || minutes > 59) return false;
        offset = new TimeSpan(hours, minutes, 0) * (sign == '-' ? -1 : 1);
        return true;
    }
}
