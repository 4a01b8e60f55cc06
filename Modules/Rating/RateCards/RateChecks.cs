using Billing.Abstractions.Cdr;

namespace Billing.Rating.RateCards;

/// <summary>Rules that need a whole rate, or all of them; the same for a document and a rate sheet.</summary>
static class RateChecks
{
    /// <summary>Checks one rate.</summary>
    /// <param name="frame">What its tariff says for all of them.</param>
    /// <param name="place">Where a member of this rate stands, by its name in the document.</param>
    public static void Check(Rate rate, RateFrame frame, Func<string, string> place, TariffErrors errors)
    {
        if (rate.To is { } to && rate.From is { } from && to <= from)
        {
            errors.Add("tariff.empty-period", place("to"),
                $"The rate for {rate.Label} ends ({to:yyyy-MM-dd}) before its first day ({from:yyyy-MM-dd}) is over. 'to' is the first day it is not in force any more.");
        }
        if (rate.KeyKind == RateKeyKind.Any && rate.Kind != CdrKind.Data)
        {
            errors.Add("tariff.bad-key", place("any"),
                $"A rate for any {(rate.Kind == CdrKind.Sms ? "message" : "call")} would price numbers that nobody thought of. Only data may be priced so; write prefix, chargeCode or shortCode.");
        }
        if (frame.Consumers is { } consumers) ConsumerChecks.Check(rate, consumers, place, errors);
        if (HasOnePrice(rate, place, errors)) CheckPrices(rate, frame, place, errors);
    }

    /// <summary>Refuses two rates with one key in force on one day: which of them prices a call would be a matter of luck.</summary>
    /// <param name="place">Where the rate with that position in the list stands.</param>
    public static void CheckAmbiguity(IReadOnlyList<Rate> rates, Func<int, string> place, TariffErrors errors)
    {
        var order = Enumerable.Range(0, rates.Count).ToArray();
        Array.Sort(order, (left, right) => Compare(rates[left], rates[right]) is not 0 and var c ? c : left.CompareTo(right));

        // Among equal keys, compare with the one that lasts longest so far: an open-ended rate hides behind short ones otherwise.
        var longest = -1;
        foreach (var index in order)
        {
            if (longest < 0 || !HaveOneKey(rates[longest], rates[index]))
            {
                longest = index;
                continue;
            }

            var (earlier, later) = (rates[longest], rates[index]);
            if (earlier.To is not { } end || (later.From ?? DateOnly.MinValue) < end)
            {
                errors.Add("tariff.ambiguous", place(index),
                    $"{Describe(later)} and {Describe(earlier)} at {place(longest)} are in force on the same day. Give the older one a 'to' or remove one of them.");
            }
            if (earlier.To is { } current && (later.To is not { } other || other > current)) longest = index;
        }
    }

    /// <summary>Free, cost plus, or prices of its own: exactly one of them.</summary>
    /// <returns>True when it has prices, which are to be looked at.</returns>
    private static bool HasOnePrice(Rate rate, Func<string, string> place, TariffErrors errors)
    {
        var hasPrices = rate.PerMinute is not null || rate.PerMessage is not null || rate.PerMegabyte is not null || rate.Stages.Count > 0 || rate.Terms != RateTerms.Unsaid;
        if (rate.IsFree)
        {
            if (hasPrices || rate.CostPlusPercent is not null || rate.ServiceRange is not null)
            {
                errors.Add("tariff.free-with-price", place("free"),
                    $"The rate for {rate.Label} is free and has prices or terms. Remove them, or remove 'free' and write a price of \"0\".");
            }
            return false;
        }
        if (rate.CostPlusPercent is null) return true;
        if (hasPrices || rate.ServiceRange is not null)
        {
            errors.Add("tariff.cost-plus-with-price", place("costPlusPercent"),
                $"The rate for {rate.Label} is the carrier's cost and a mark-up, and has prices or terms of its own. Remove either.");
        }
        return false;
    }

    private static void CheckPrices(Rate rate, RateFrame frame, Func<string, string> place, TariffErrors errors)
    {
        CheckKind(rate, frame, place, errors);
        CheckService(rate, frame, place, errors);
        var terms = rate.TermsIn(frame.Defaults);
        if (rate.Kind == CdrKind.Voice)
        {
            if (rate.PerMinute is null && terms.PerCall is null)
                errors.Add("tariff.no-price", place("perMinute"), $"The rate for {rate.Label} has no price. Write perMinute or perCall, or \"free\": true.");
            if (rate.PerMinute is not null && (terms.FirstSeconds is null || terms.NextSeconds is null))
            {
                var where = rate.ServiceRange is null ? $"Neither the rate for {rate.Label} nor the defaults say" : $"The service charge for {rate.Label} does not say (and the defaults are not for it)";
                errors.Add("tariff.no-interval", place("interval"),
                    $"{where} in which steps seconds are charged. Write \"interval\": {{ \"first\": 60, \"next\": 1 }}{(rate.ServiceRange is null ? " in the defaults or here" : " here")}.");
            }
            else StageChecks.Check(rate, terms, place, errors);
        }
        if (terms.Minimum > terms.Maximum)
        {
            errors.Add("tariff.minimum-over-maximum", place("minimum"),
                $"For {rate.Label} the least a call costs ({PriceText.Write(terms.Minimum.Value)}) is more than the most ({PriceText.Write(terms.Maximum.Value)}).");
        }
    }

    private static void CheckKind(Rate rate, RateFrame frame, Func<string, string> place, TariffErrors errors)
    {
        var (own, kind) = rate.Kind switch { CdrKind.Sms => ("perMessage", "messages"), CdrKind.Data => ("perMegabyte", "data"), _ => ("perMinute", "calls") };
        foreach (var (member, isThere) in (ReadOnlySpan<(string, bool)>)[("perMinute", rate.PerMinute is not null), ("perMessage", rate.PerMessage is not null), ("perMegabyte", rate.PerMegabyte is not null)])
            if (isThere && member != own)
                errors.Add("tariff.wrong-kind", place(member), $"The rate for {rate.Label} prices {kind}, and '{member}' is for something else. Write {own}, or another kind.");
        if (rate.Kind == CdrKind.Voice) return;

        if (rate.UnitPrice is null) errors.Add("tariff.no-price", place(own), $"The rate for {rate.Label} has no price. Write {own}, or \"free\": true.");
        if (rate.Kind == CdrKind.Data && !frame.HasDataUnit)
        {
            errors.Add("tariff.no-data-unit", place(own),
                $"The rate for {rate.Label} is for a megabyte, and the tariff does not say how many bytes that is. Write \"data\": {{ \"megabyte\": 1048576, \"roundUpTo\": 1024 }} or what the contract says.");
        }
        (string Member, bool IsThere)[] timed =
        [
            ("interval", rate.Terms.FirstSeconds is not null), ("freeSeconds", rate.Terms.FreeSeconds is not null), ("minimumSeconds", rate.Terms.MinimumSeconds is not null),
            ("perCall", rate.Terms.PerCall is not null), ("stages", rate.Stages.Count > 0), ("serviceCharge", rate.ServiceRange is not null),
        ];
        foreach (var (member, isThere) in timed)
            if (isThere) errors.Add("tariff.wrong-kind", place(member), $"The rate for {rate.Label} prices {kind}, and '{member}' is for calls. Remove it.");
    }

    private static void CheckService(Rate rate, RateFrame frame, Func<string, string> place, TariffErrors errors)
    {
        if (rate.ServiceRange is not { } range || rate.Kind != CdrKind.Voice) return;
        if (!frame.HasAccessCharge)
        {
            errors.Add("tariff.no-access-charge", place("serviceCharge"),
                $"The rate for {rate.Label} is a service charge, and the tariff has no access charge to go with it. Write \"accessCharge\": {{ \"perMinute\": \"0.12\", \"interval\": {{ \"first\": 60, \"next\": 1 }} }} for the whole tariff.");
        }
        if (rate.KeyKind is RateKeyKind.Prefix or RateKeyKind.ShortCode && ServiceRanges.RangeOf(rate.KeyKind, rate.Key) is var actual && actual != range)
        {
            errors.Add("tariff.service-range", place("serviceCharge"), actual is null
                ? $"The rate for {rate.Label} is found by more than {range} numbers, or by others. Write the prefix of the range, or remove 'serviceCharge'."
                : $"The rate for {rate.Label} is for {actual} numbers, and 'serviceCharge' says {range}.");
        }
    }

    private static int Compare(Rate left, Rate right)
    {
        var kind = left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : left.KeyKind.CompareTo(right.KeyKind);
        if (kind != 0) return kind;
        var key = string.CompareOrdinal(left.Key, right.Key);
        return key != 0 ? key : (left.From ?? DateOnly.MinValue).CompareTo(right.From ?? DateOnly.MinValue);
    }

    private static bool HaveOneKey(Rate left, Rate right) =>
        left.Kind == right.Kind && left.KeyKind == right.KeyKind && string.Equals(left.Key, right.Key, StringComparison.Ordinal);

    private static string Describe(Rate rate) =>
        $"{rate.Label} ({rate.Destination}{(rate.From is { } from ? $", from {from:yyyy-MM-dd}" : "")}{(rate.To is { } to ? $", to {to:yyyy-MM-dd}" : "")})";
}
