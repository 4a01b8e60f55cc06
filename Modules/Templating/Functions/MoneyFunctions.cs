using System.Globalization;
using Billing.Templating.Runtime;

namespace Billing.Templating.Functions;

/// <summary><c>money.*</c>, ours: amounts as they belong on an invoice, never through binary floating point.</summary>
static class MoneyFunctions
{
    public static BuiltinObject Create() => new BuiltinObject("money")
        .Add("format", static (in Arguments a) => a.Has(0) ? Format(a) : null, "amount", "currency", "decimals?")
        .Add("round", static (in Arguments a) => a.Has(0) ? Round(Numbers.ToDecimal(a.Number(0)), Decimals(a)) : null, "amount", "currency", "decimals?")
        .Seal();

    private static string Format(in Arguments a)
    {
        var currency = Code(a);
        var decimals = Decimals(a);
        var amount = Round(Numbers.ToDecimal(a.Number(0)), decimals);
        var number = Math.Abs(amount).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var symbol = currency switch { "GBP" => "£", "EUR" => "€", "USD" => "$", "JPY" => "¥", "" => "", _ => currency + " " };
        return $"{(amount < 0 ? "-" : "")}{symbol}{number}";
    }

    /// <summary>Half away from zero, as people round money on paper.</summary>
    private static decimal Round(decimal amount, int decimals) => decimal.Round(amount, decimals, MidpointRounding.AwayFromZero);

    private static string Code(in Arguments a)
    {
        var code = a.Text(1).Trim().ToUpperInvariant();
        return code.Length is 0 or 3 && code.All(char.IsAsciiLetter) ? code : throw a.Bad("the currency must be a code of three letters such as `GBP`.");
    }

    private static int Decimals(in Arguments a)
    {
        if (a.Has(2))
        {
            var asked = a.Int(2);
            return asked is >= 0 and <= 12 ? asked : throw a.Bad("the number of decimals must be between 0 and 12.");
        }
        return Code(a) switch
        {
            "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
            "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
            _ => 2,
        };
    }
}
