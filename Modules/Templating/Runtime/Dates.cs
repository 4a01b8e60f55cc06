using System.Globalization;
using System.Text;

namespace Billing.Templating.Runtime;

/// <summary>Dates of the model and of <c>date.parse</c> under one roof, and their formats with <c>%</c> letters.</summary>
static class Dates
{
    public const string DefaultFormat = "%d %b %Y";

    /// <summary>A date value as an instant with its offset; values without a zone get offset zero and keep their clock time.</summary>
    public static DateTimeOffset? From(object? value) => value switch
    {
        DateTimeOffset date => date,
        DateTime date => new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Unspecified), TimeSpan.Zero),
        DateOnly date => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        _ => null,
    };

    /// <summary>By instant when both know their zone, else by what calendar and clock show.</summary>
    public static int Compare(object? a, DateTimeOffset x, object? b, DateTimeOffset y) =>
        a is DateTimeOffset && b is DateTimeOffset ? x.CompareTo(y) : x.DateTime.CompareTo(y.DateTime);

    public static bool TryGetMember(DateTimeOffset date, string name, out object? value)
    {
        value = name switch
        {
            "year" => date.Year,
            "month" => date.Month,
            "day" => date.Day,
            "day_of_year" => date.DayOfYear,
            "day_of_week" => date.DayOfWeek.ToString(),
            "hour" => date.Hour,
            "minute" => date.Minute,
            "second" => date.Second,
            "millisecond" => date.Millisecond,
            _ => null,
        };
        return value is not null;
    }

    public static bool TryGetMember(TimeSpan span, string name, out object? value)
    {
        value = name switch
        {
            "days" => span.Days,
            "hours" => span.Hours,
            "minutes" => span.Minutes,
            "seconds" => span.Seconds,
            "milliseconds" => span.Milliseconds,
            "total_days" => span.TotalDays,
            "total_hours" => span.TotalHours,
            "total_minutes" => span.TotalMinutes,
            "total_seconds" => span.TotalSeconds,
            "total_milliseconds" => span.TotalMilliseconds,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>The date written by a pattern with <c>%</c> letters; <c>%g</c> switches to the invariant culture.</summary>
    public static string Format(DateTimeOffset date, string pattern, CultureInfo culture, string? standard = null)
    {
        var output = new StringBuilder();
        if (pattern == "%g") pattern = "%g" + (standard ?? DefaultFormat);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length) output.Append(pattern[i]);
            else if (pattern[++i] == 'g') culture = Cultures.Invariant;
            else if (!Append(output, date, pattern[i], culture)) output.Append('%').Append(pattern[i]);
        }
        return output.ToString();
    }

    private static bool Append(StringBuilder output, DateTimeOffset date, char letter, CultureInfo culture)
    {
        var names = culture.DateTimeFormat;
        var hour12 = date.Hour % 12 == 0 ? 12 : date.Hour % 12;
        switch (letter)
        {
            case 'a': output.Append(names.GetAbbreviatedDayName(date.DayOfWeek)); break;
            case 'A': output.Append(names.GetDayName(date.DayOfWeek)); break;
            case 'b' or 'h': output.Append(names.GetAbbreviatedMonthName(date.Month)); break;
            case 'B': output.Append(names.GetMonthName(date.Month)); break;
            case 'c': output.Append(Format(date, "%a %b %e %T %Y", culture)); break;
            case 'C': Digits(date.Year / 100, 2); break;
            case 'd': Digits(date.Day, 2); break;
            case 'D': output.Append(Format(date, "%m/%d/%y", culture)); break;
            case 'e': Blank(date.Day); break;
            case 'F': output.Append(Format(date, "%Y-%m-%d", culture)); break;
            case 'H': Digits(date.Hour, 2); break;
            case 'I': Digits(hour12, 2); break;
            case 'j': Digits(date.DayOfYear, 3); break;
            case 'k': Blank(date.Hour); break;
            case 'l': Blank(hour12); break;
            case 'L': Digits(date.Millisecond, 3); break;
            case 'm': Digits(date.Month, 2); break;
            case 'M': Digits(date.Minute, 2); break;
            case 'n': output.Append('\n'); break;
            case 'N': output.Append((date.Ticks % TimeSpan.TicksPerSecond * 100).ToString("D9", CultureInfo.InvariantCulture)); break;
            case 'p': output.Append(date.Hour < 12 ? "AM" : "PM"); break;
            case 'P': output.Append(date.Hour < 12 ? "am" : "pm"); break;
            case 'r': output.Append(Format(date, "%I:%M:%S %p", culture)); break;
            case 'R': output.Append(Format(date, "%H:%M", culture)); break;
            case 's': output.Append(CultureInfo.InvariantCulture, $"{date.ToUnixTimeSeconds()}"); break;
            case 'S': Digits(date.Second, 2); break;
            case 't': output.Append('\t'); break;
            case 'T': output.Append(Format(date, "%H:%M:%S", culture)); break;
            case 'u': Digits(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, 1); break;
            case 'U': Digits(Week(date, DayOfWeek.Sunday), 2); break;
            case 'v': output.Append(Format(date, "%e-%b-%Y", Cultures.Invariant).ToUpperInvariant()); break;
            case 'V': Digits(ISOWeek.GetWeekOfYear(date.DateTime), 2); break;
            case 'w': Digits((int)date.DayOfWeek, 1); break;
            case 'W': Digits(Week(date, DayOfWeek.Monday), 2); break;
            case 'x': output.Append(date.ToString(names.ShortDatePattern, culture)); break;
            case 'X': output.Append(date.ToString(names.LongTimePattern, culture)); break;
            case 'y': Digits(date.Year % 100, 2); break;
            case 'Y': Digits(date.Year, 4); break;
            case 'Z': output.Append(date.ToString("zzz", CultureInfo.InvariantCulture)); break;
            case '%': output.Append('%'); break;
            default: return false;
        }
        return true;

        void Digits(int number, int count) => output.Append(number.ToString(CultureInfo.InvariantCulture).PadLeft(count, '0'));
        void Blank(int number) => output.Append(number.ToString(CultureInfo.InvariantCulture).PadLeft(2));
    }

    /// <summary>The week of the year when week one begins on the first such day; days before it are in week zero.</summary>
    private static int Week(DateTimeOffset date, DayOfWeek first) => (date.DayOfYear + 6 - ((int)date.DayOfWeek - (int)first + 7) % 7) / 7;

    /// <summary>Reads a date in any common form; null when it is none. A text without a zone keeps its clock time.</summary>
    public static DateTimeOffset? Parse(string text, CultureInfo culture) =>
        DateTimeOffset.TryParse(text, culture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    /// <summary>Reads a date by a pattern with <c>%</c> letters; null when the text does not follow it.</summary>
    public static DateTimeOffset? Parse(string text, string pattern, CultureInfo culture) => new DatePattern(text, culture).Read(pattern);
}
