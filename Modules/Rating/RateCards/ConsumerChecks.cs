using System.Globalization;
using Billing.Abstractions.Cdr;

namespace Billing.Rating.RateCards;

/// <summary>The rules for tariffs that consumers are sold: limits of service charges, the two parts shown apart (N5), and calls that cost nothing (R17).</summary>
static class ConsumerChecks
{
    private static readonly (RateKeyKind Kind, string Key, string Name)[] free =
    [
        (RateKeyKind.Prefix, "44800", "0800 numbers"),
        (RateKeyKind.Prefix, "44808", "0808 numbers"),
        (RateKeyKind.ShortCode, "999", "the emergency number 999"),
        (RateKeyKind.ShortCode, "112", "the emergency number 112"),
        (RateKeyKind.ShortCode, "116", "helplines under 116"),
    ];

    /// <summary>Holds one rate to the rules.</summary>
    public static void Check(Rate rate, ConsumerTerms consumers, Func<string, string> place, TariffErrors errors)
    {
        if (rate.IsFree || rate.Kind != CdrKind.Voice) return;
        if (free.FirstOrDefault(number => number.Kind == rate.KeyKind && rate.Key.StartsWith(number.Key, StringComparison.Ordinal)) is { Name: { } name })
            errors.Add("tariff.not-free", place("free"), $"Calls to {name} cost a consumer nothing, and the rate for {rate.Label} ({rate.Destination}) has a price. Write \"free\": true.");
        if (rate.ServiceRange is null)
        {
            if (ServiceRanges.RangeOf(rate.KeyKind, rate.Key) is { } range)
            {
                errors.Add("tariff.not-unbundled", place("serviceCharge"),
                    $"Consumers are charged for {range} numbers in two parts, and the rate for {rate.Label} ({rate.Destination}) is one price. Write the service charge alone, with \"serviceCharge\": \"{range}\"; the tariff's access charge is added to it.");
            }
            return;
        }
        if (ServiceRanges.LimitOf(rate.ServiceRange) is not { } limit) return;

        if (rate.PerMinute is { } perMinute) Hold(perMinute.Highest, limit.PerMinute, "a minute", "perMinute");
        foreach (var stage in rate.Stages) Hold(stage.PerMinute.Highest, limit.PerMinute, "a minute", "stages");
        var perCall = (rate.Terms.PerCall?.Highest ?? 0) + (rate.Terms.Connection?.Highest ?? 0);
        Hold(perCall, limit.PerCall, "a call", rate.Terms.PerCall is null ? "connection" : "perCall");
        Hold(rate.Terms.Minimum ?? 0, limit.PerCall, "a call", "minimum");

        // The limit is compared unrounded: 7p with VAT is 5.8333...p without, and no price is held to 5.83p.
        void Hold(decimal price, decimal highest, string unit, string member)
        {
            var withVat = price * (100 + consumers.VatPercent) / 100;
            if (withVat <= highest) return;
            errors.Add("tariff.over-limit", place(member),
                $"The service charge for {rate.Label} ({rate.Destination}) is {PriceText.Write(price)} {unit}, with {PriceText.Write(consumers.VatPercent)} % VAT {PriceText.Write(withVat)}; "
                + $"the limit for {rate.ServiceRange} numbers is {highest.ToString("0.00", CultureInfo.InvariantCulture)} {unit} with VAT, {PriceText.Write(decimal.Round(highest * 100 / (100 + consumers.VatPercent), 8, MidpointRounding.ToZero))} without.");
        }
    }

    /// <summary>R17: what must be free is not left to a price for a shorter prefix.</summary>
    /// <param name="place">Where the rate with that position in the list stands.</param>
    public static void CheckFreeNumbers(IReadOnlyList<Rate> rates, Func<int, string> place, TariffErrors errors)
    {
        foreach (var (kind, key, name) in free)
        {
            if (rates.Any(rate => rate.IsFree && rate.KeyKind == kind && Covers(rate, key))) continue;
            for (var i = 0; i < rates.Count; i++)
            {
                var rate = rates[i];
                if (rate.IsFree || rate.Kind != CdrKind.Voice || rate.KeyKind != kind || !Covers(rate, key) || rate.Key.TrimEnd('*') == key) continue;
                errors.Add("tariff.not-free", place(i),
                    $"Calls to {name} cost a consumer nothing, and the price for {rate.Label} ({rate.Destination}) would be asked for them. Add a rate for {Rate.NameOf(kind)} {key}{(key == "116" ? "*" : "")} with \"free\": true.");
                break;
            }
        }
    }

    private static bool Covers(Rate rate, string key) => rate.KeyKind switch
    {
        RateKeyKind.Prefix => key.StartsWith(rate.Key, StringComparison.Ordinal),
        RateKeyKind.ShortCode => rate.Key == key || rate.Key.EndsWith('*') && key.StartsWith(rate.Key.TrimEnd('*'), StringComparison.Ordinal),
        _ => false,
    };
}
