using System.Globalization;

namespace Billing.Templating.Runtime;

/// <summary>Reads one text by a pattern with <c>%</c> letters, the reverse of writing it.</summary>
sealed class DatePattern(string text, CultureInfo culture)
{
    private int _at;
    private int _year = 1, _month = 1, _day = 1, _hour, _minute, _second;
    private int _dayOfYear;
    private long _ticks;
    private bool? _afternoon;
    private TimeSpan _offset;
    private DateTimeOffset? _whole;

    public DateTimeOffset? Read(string pattern)
    {
        if (!Follow(pattern)) return null;
        SkipSpace();
        if (_at < text.Length) return null;
        if (_whole is { } whole) return whole;
        if (_afternoon is { } afternoon)
        {
            if (_hour is < 1 or > 12) return null;
            _hour = _hour % 12 + (afternoon ? 12 : 0);
        }
        if (_year is < 1 or > 9999 || _month is < 1 or > 12 || _day < 1 || _day > DateTime.DaysInMonth(_year, _month)
            || _hour > 23 || _minute > 59 || _second > 59 || _dayOfYear > (DateTime.IsLeapYear(_year) ? 366 : 365))
            return null;
        var date = new DateTime(_year, _month, _day, _hour, _minute, _second, DateTimeKind.Unspecified).AddTicks(_ticks);
        if (_dayOfYear > 0) date = new DateTime(_year, 1, 1, _hour, _minute, _second, DateTimeKind.Unspecified).AddDays(_dayOfYear - 1).AddTicks(_ticks);
        return new DateTimeOffset(date, _offset);
    }

    private bool Follow(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            var sign = pattern[i];
            if (sign == '%' && i + 1 < pattern.Length)
            {
                if (!Part(pattern[++i])) return false;
            }
            else if (char.IsWhiteSpace(sign))
            {
                SkipSpace();
            }
            else
            {
                if (_at >= text.Length || text[_at] != sign) return false;
                _at++;
            }
        }
        return true;
    }

    private bool Part(char letter) => letter switch
    {
        'Y' => Number(4, out _year),
        'y' => Number(2, out _year) && ((_year += _year < 70 ? 2000 : 1900) > 0),
        'm' => Number(2, out _month),
        'd' or 'e' => Spaced(2, out _day),
        'H' or 'k' or 'I' or 'l' => Spaced(2, out _hour),
        'M' => Number(2, out _minute),
        'S' => Number(2, out _second),
        'L' => Fraction(3),
        'N' => Fraction(9),
        'j' => Number(3, out _dayOfYear),
        'b' or 'h' or 'B' => Name(culture.DateTimeFormat.MonthNames, culture.DateTimeFormat.AbbreviatedMonthNames, out var month) && (_month = month + 1) > 0,
        'a' or 'A' => Name(culture.DateTimeFormat.DayNames, culture.DateTimeFormat.AbbreviatedDayNames, out _),
        'p' or 'P' => Name(["am", "pm"], [], out var half) && Afternoon(half == 1),
        'Z' => Offset(),
        's' => Seconds(),
        'c' => Follow("%a %b %e %T %Y"),
        'D' => Follow("%m/%d/%y"),
        'F' => Follow("%Y-%m-%d"),
        'T' => Follow("%H:%M:%S"),
        'R' => Follow("%H:%M"),
        'r' => Follow("%I:%M:%S %p"),
        'v' => Follow("%e-%b-%Y"),
        'n' or 't' => SkipSpace(),
        'g' => true,
        '%' => _at < text.Length && text[_at++] == '%',
        _ => false,
    };

    private bool SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        return true;
    }

    private bool Spaced(int digits, out int number)
    {
        SkipSpace();
        return Number(digits, out number);
    }

    private bool Number(int digits, out int number)
    {
        var start = _at;
        number = 0;
        while (_at < text.Length && _at - start < digits && char.IsAsciiDigit(text[_at])) number = number * 10 + text[_at++] - '0';
        return _at > start;
    }

    private bool Fraction(int digits)
    {
        var start = _at;
        if (!Number(digits, out var number)) return false;
        var scale = 7 - (_at - start);
        _ticks = scale >= 0 ? number * (long)Math.Pow(10, scale) : number / (long)Math.Pow(10, -scale);
        return true;
    }

    private bool Name(string[] names, string[] shortNames, out int index)
    {
        // The longest that fits, since one short name may begin another.
        index = -1;
        var length = 0;
        foreach (var list in (string[][])[names, shortNames])
        {
            for (var i = 0; i < list.Length; i++)
            {
                if (list[i].Length <= length || !text.AsSpan(_at).StartsWith(list[i], StringComparison.OrdinalIgnoreCase)) continue;
                index = i;
                length = list[i].Length;
            }
        }
        _at += length;
        return index >= 0;
    }

    private bool Afternoon(bool value)
    {
        _afternoon = value;
        return true;
    }

    private bool Offset()
    {
        if (_at < text.Length && text[_at] is 'Z' or 'z')
        {
            _at++;
            return true;
        }
        if (_at >= text.Length || text[_at] is not ('+' or '-')) return false;
        var negative = text[_at++] == '-';
        if (!Number(2, out var hours)) return false;
        if (_at < text.Length && text[_at] == ':') _at++;
        _ = Number(2, out var minutes);
        if (hours > 14 || minutes > 59 || (hours == 14 && minutes > 0)) return false;
        _offset = new TimeSpan(hours, minutes, 0) * (negative ? -1 : 1);
        return true;
    }

    private bool Seconds()
    {
        var start = _at;
        if (_at < text.Length && text[_at] == '-') _at++;
        while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
        if (!long.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < -62135596800 or > 253402300799)
            return false;
        _whole = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }
}
