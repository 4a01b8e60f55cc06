using Billing.Templating.Runtime;

namespace Billing.Templating.Functions;

/// <summary><c>math.*</c>: decimals stay decimals.</summary>
static class MathFunctions
{
    public static BuiltinObject Create() => new BuiltinObject("math")
        .Add("abs", static (in Arguments a) => a.Has(0) ? Abs(a.Number(0)) : null, "value")
        .Add("ceil", static (in Arguments a) => a.Has(0) ? Whole(a.Number(0), Math.Ceiling, Math.Ceiling) : null, "value")
        .Add("divided_by", static (in Arguments a) => DividedBy(a), "value", "divisor")
        .Add("floor", static (in Arguments a) => a.Has(0) ? Whole(a.Number(0), Math.Floor, Math.Floor) : null, "value")
        .Add("format", static (in Arguments a) => Format(a), "value", "format", "culture?")
        .Add("is_number", static (in Arguments a) => Numbers.IsNumber(a[0]), "value")
        .Add("minus", static (in Arguments a) => a.Has(0) && a.Has(1) ? Numbers.Subtract(a.Number(0), a.Number(1)) : null, "value", "with")
        .Add("modulo", static (in Arguments a) => a.Has(0) && a.Has(1) ? Numbers.Remainder(a.Number(0), a.Number(1)) : null, "value", "with")
        .Add("plus", static (in Arguments a) => a.Has(0) && a.Has(1) ? Numbers.Add(a.Number(0), a.Number(1)) : null, "value", "with")
        .Add("random", Random, "min_value", "max_value")
        .Add("round", static (in Arguments a) => a.Has(0) ? Round(a) : null, "value", "precision?")
        .Add("times", static (in Arguments a) => a.Has(0) && a.Has(1) ? Numbers.Multiply(a.Number(0), a.Number(1)) : null, "value", "with")
        .Add("uuid", static (in Arguments a) => Uuid(a.Context.Options.Random))
        .Seal();

    private static object Abs(object value) => value switch
    {
        decimal m => Math.Abs(m),
        double d => Math.Abs(d),
        float f => Math.Abs(f),
        _ => Numbers.Fit(System.Numerics.BigInteger.Abs(Numbers.ToBig(value))),
    };

    private static object Whole(object value, Func<decimal, decimal> exact, Func<double, double> real) => value switch
    {
        decimal m => exact(m),
        double d => real(d),
        float f => (float)real(f),
        _ => value,
    };

    private static object? DividedBy(in Arguments a)
    {
        if (!a.Has(0) || !a.Has(1)) return null;
        var (value, divisor) = (a.Number(0), a.Number(1));
        if (!Numbers.IsWhole(divisor)) return Numbers.Divide(value, divisor);
        if (Numbers.IsWhole(value))
        {
            if (Numbers.ToBig(divisor).IsZero) throw new ValueException(TemplateErrorCodes.Arithmetic, "Division by zero.");
            var quotient = System.Numerics.BigInteger.DivRem(Numbers.ToBig(value), Numbers.ToBig(divisor), out var rest);
            return Numbers.Fit(rest.Sign * Numbers.ToBig(divisor).Sign < 0 ? quotient - 1 : quotient);
        }
        if (Numbers.ToBig(divisor).IsZero) throw new ValueException(TemplateErrorCodes.Arithmetic, "Division by zero.");
        // A whole divisor asks for a whole result.
        return Numbers.Fit(Numbers.ToLong(Whole(Numbers.Divide(value, divisor), Math.Floor, Math.Floor)));
    }

    private static object Round(in Arguments a)
    {
        var digits = a.Int(1, 0);
        return a.Number(0) switch
        {
            // To even, as the language does it; money.round is for money.
            decimal m => decimal.Round(m, Math.Clamp(digits, 0, 28), MidpointRounding.ToEven),
            double d => Math.Round(d, Math.Clamp(digits, 0, 15), MidpointRounding.ToEven),
            float f => MathF.Round(f, Math.Clamp(digits, 0, 6), MidpointRounding.ToEven),
            var whole => whole,
        };
    }

    private static object? Format(in Arguments a)
    {
        if (a[0] is null) return null;
        return Numbers.IsNumber(a[0]) ? ObjectFunctions.Format(a) : throw a.Wrong(0, "a number");
    }

    private static object? Random(in Arguments a)
    {
        var (from, to) = (a.Int(0), a.Int(1));
        return from <= to ? a.Context.Options.Random.Next(from, to) : throw a.Bad("the first bound must not be above the second.");
    }

    private static string Uuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
