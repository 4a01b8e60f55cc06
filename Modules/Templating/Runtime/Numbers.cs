using System.Globalization;
using System.Numerics;

namespace Billing.Templating.Runtime;

/// <summary>Arithmetic over int, long, BigInteger, float, double and decimal.</summary>
/// <remarks>
/// Whole numbers grow instead of overflowing. A decimal makes the whole operation decimal, a double included, so that money stays
/// exact whatever it meets; only two whole numbers divide into a double, as the language says.
/// </remarks>
static class Numbers
{
    private const int BitsMax = 4096;

    private enum Rank { Int, Long, Big, Float, Double, Decimal }

    public static bool IsNumber(object? value) => value is int or long or double or decimal or float or BigInteger;

    public static bool IsWhole(object? value) => value is int or long or BigInteger;

    /// <summary>The smallest type that holds the number.</summary>
    public static object Fit(BigInteger value)
    {
        if (value >= int.MinValue && value <= int.MaxValue) return (int)value;
        if (value >= long.MinValue && value <= long.MaxValue) return (long)value;
        if (value.GetBitLength() > BitsMax) throw new ValueException(TemplateErrorCodes.LimitSize, "A number is too large.");
        return value;
    }

    public static object Fit(long value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : value;

    public static object Add(object a, object b)
    {
        if (a is int x && b is int y) return Fit((long)x + y);
        return Both(a, b) switch
        {
            Rank.Decimal => Exact(static (l, r) => l + r, a, b),
            Rank.Double => ToDouble(a) + ToDouble(b),
            Rank.Float => ToFloat(a) + ToFloat(b),
            _ => Fit(ToBig(a) + ToBig(b)),
        };
    }

    public static object Subtract(object a, object b)
    {
        if (a is int x && b is int y) return Fit((long)x - y);
        return Both(a, b) switch
        {
            Rank.Decimal => Exact(static (l, r) => l - r, a, b),
            Rank.Double => ToDouble(a) - ToDouble(b),
            Rank.Float => ToFloat(a) - ToFloat(b),
            _ => Fit(ToBig(a) - ToBig(b)),
        };
    }

    public static object Multiply(object a, object b)
    {
        if (a is int x && b is int y) return Fit((long)x * y);
        return Both(a, b) switch
        {
            Rank.Decimal => Exact(static (l, r) => l * r, a, b),
            Rank.Double => ToDouble(a) * ToDouble(b),
            Rank.Float => ToFloat(a) * ToFloat(b),
            _ => Fit(ToBig(a) * ToBig(b)),
        };
    }

    public static object Divide(object a, object b)
    {
        switch (Both(a, b))
        {
            case Rank.Decimal: return Exact(static (l, r) => l / r, a, b);
            case Rank.Float: return ToFloat(a) / ToFloat(b);
            case Rank.Double: return ToDouble(a) / ToDouble(b);
            default:
                if (ToBig(b).IsZero) throw DivisionByZero();
                return ToDouble(a) / ToDouble(b);
        }
    }

    /// <summary><c>//</c>: whole numbers drop the remainder, others are rounded to a whole number.</summary>
    public static object DivideWhole(object a, object b) => Both(a, b) switch
    {
        Rank.Decimal => Exact(static (l, r) => decimal.Round(l / r, MidpointRounding.ToEven), a, b),
        Rank.Double => Math.Round(ToDouble(a) / ToDouble(b)),
        Rank.Float => MathF.Round(ToFloat(a) / ToFloat(b)),
        _ => ToBig(b).IsZero ? throw DivisionByZero() : Fit(BigInteger.Divide(ToBig(a), ToBig(b))),
    };

    public static object Remainder(object a, object b)
    {
        if (a is int x && b is int y and not 0 and not -1) return x % y;
        return Both(a, b) switch
        {
            Rank.Decimal => Exact(static (l, r) => l % r, a, b),
            Rank.Double => ToDouble(a) % ToDouble(b),
            Rank.Float => ToFloat(a) % ToFloat(b),
            _ => ToBig(b).IsZero ? throw DivisionByZero() : Fit(BigInteger.Remainder(ToBig(a), ToBig(b))),
        };
    }

    public static object Shift(object a, object b, bool left)
    {
        var value = Whole(a);
        var by = ToInt(b);
        if (by is < 0 or > BitsMax) throw new ValueException(TemplateErrorCodes.LimitSize, $"A number cannot be shifted by {by} bits.");
        return Fit(left ? value << by : value >> by);
    }

    public static object And(object a, object b) => Fit(Whole(a) & Whole(b));

    public static object Or(object a, object b) => Fit(Whole(a) | Whole(b));

    public static object Negate(object a) => a switch
    {
        int i => Fit(-(long)i),
        decimal d => -d,
        double d => -d,
        float f => -f,
        _ => Fit(-ToBig(a)),
    };

    public static int Compare(object a, object b)
    {
        if (a is int x && b is int y) return x.CompareTo(y);
        return Both(a, b) switch
        {
            Rank.Decimal => CompareExact(a, b),
            Rank.Double or Rank.Float => ToDouble(a).CompareTo(ToDouble(b)),
            _ => ToBig(a).CompareTo(ToBig(b)),
        };
    }

    public static bool AreEqual(object a, object b) => a is int x && b is int y ? x == y : !IsNaN(a) && !IsNaN(b) && Compare(a, b) == 0;

    private static bool IsNaN(object value) => value is double and double.NaN or float and float.NaN;

    public static double ToDouble(object value) => value switch
    {
        int i => i,
        long l => l,
        double d => d,
        float f => f,
        decimal m => (double)m,
        _ => (double)(BigInteger)value,
    };

    private static float ToFloat(object value) => value is float f ? f : (float)ToDouble(value);

    public static decimal ToDecimal(object value)
    {
        try
        {
            return value switch
            {
                int i => i,
                long l => l,
                decimal m => m,
                double d => (decimal)d,
                float f => (decimal)f,
                _ => (decimal)(BigInteger)value,
            };
        }
        catch (OverflowException)
        {
            throw new ValueException(TemplateErrorCodes.Arithmetic, $"The number {Format(value)} does not fit a decimal.");
        }
    }

    public static BigInteger ToBig(object value) => value switch
    {
        int i => i,
        long l => l,
        _ => (BigInteger)value,
    };

    /// <summary>A number as an int, cutting off what is behind the point.</summary>
    public static int ToInt(object value)
    {
        if (value is int i) return i;
        var l = ToLong(value);
        return l is >= int.MinValue and <= int.MaxValue ? (int)l : throw OutOfRange(value);
    }

    public static long ToLong(object value)
    {
        try
        {
            return value switch
            {
                int i => i,
                long l => l,
                double d => checked((long)d),
                float f => checked((long)f),
                decimal m => (long)m,
                _ => (long)(BigInteger)value,
            };
        }
        catch (OverflowException)
        {
            throw OutOfRange(value);
        }
    }

    public static string Format(object value) => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);

    private static BigInteger Whole(object value) =>
        IsWhole(value) ? ToBig(value) : throw new ValueException(TemplateErrorCodes.Type, $"The operator needs whole numbers, not {Format(value)}.");

    private static Rank Both(object a, object b)
    {
        var x = RankOf(a);
        var y = RankOf(b);
        return x > y ? x : y;
    }

    private static Rank RankOf(object value) => value switch
    {
        int => Rank.Int,
        long => Rank.Long,
        double => Rank.Double,
        decimal => Rank.Decimal,
        float => Rank.Float,
        _ => Rank.Big,
    };

    private static decimal Exact(Func<decimal, decimal, decimal> operation, object a, object b)
    {
        try
        {
            return operation(ToDecimal(a), ToDecimal(b));
        }
        catch (DivideByZeroException)
        {
            throw DivisionByZero();
        }
        catch (OverflowException)
        {
            throw new ValueException(TemplateErrorCodes.Arithmetic, "The result is too large for a decimal number.");
        }
    }

    private static int CompareExact(object a, object b)
    {
        // A double beyond the range of decimal is simply larger or smaller.
        if (a is double or float or BigInteger && Beyond(a)) return ToDouble(a).CompareTo(ToDouble(b));
        if (b is double or float or BigInteger && Beyond(b)) return ToDouble(a).CompareTo(ToDouble(b));
        return ToDecimal(a).CompareTo(ToDecimal(b));
    }

    private static bool Beyond(object value) => !(Math.Abs(ToDouble(value)) < 7.9e28);

    private static ValueException DivisionByZero() => new(TemplateErrorCodes.Arithmetic, "Division by zero.");

    private static ValueException OutOfRange(object value) => new(TemplateErrorCodes.Arithmetic, $"The number {Format(value)} is out of range here.");
}
