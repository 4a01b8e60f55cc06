namespace Billing.Rating.RateCards;

/// <summary>Rules that need a whole rate, or all of them; the same for a document and a rate sheet.</summary>
static class RateChecks
{
    /// <summary>Checks one rate.</summary>
    /// <param name="place">Where a member of this rate stands, by its name in the document.</param>
    public static void Check(Rate rate, RateTerms defaults, Func<string, string> place, TariffErrors errors)
    {
        if (rate.To is { } to && rate.From is { } from && to <= from)
        {
            errors.Add("tariff.empty-period", place("to"),
                $"The rate for {rate.Label} ends ({to:yyyy-MM-dd}) before its first day ({from:yyyy-MM-dd}) is over. 'to' is the first day it is not in force any more.");
        }

        if (rate.IsFree)
        {
            if (rate.PerMinute is not null || rate.Terms != RateTerms.Unsaid)
            {
                errors.Add("tariff.free-with-price", place("free"),
                    $"The rate for {rate.Label} is free and has prices or terms. Remove them, or remove 'free' and write a price of \"0\".");
            }
            return;
        }

        var terms = rate.Terms.Or(defaults);
        if (rate.PerMinute is null && terms.PerCall is null)
            errors.Add("tariff.no-price", place("perMinute"), $"The rate for {rate.Label} has no price. Write perMinute or perCall, or \"free\": true.");
        if (rate.PerMinute is not null && (terms.FirstSeconds is null || terms.NextSeconds is null))
        {
            errors.Add("tariff.no-interval", place("interval"),
                $"Neither the rate for {rate.Label} nor the defaults say in which steps seconds are charged. Write \"interval\": {{ \"first\": 60, \"next\": 1 }} in the defaults or here.");
        }
        if (terms.Minimum > terms.Maximum)
        {
            errors.Add("tariff.minimum-over-maximum", place("minimum"),
                $"For {rate.Label} the least a call costs ({PriceText.Write(terms.Minimum.Value)}) is more than the most ({PriceText.Write(terms.Maximum.Value)}).");
        }
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

    private static int Compare(Rate left, Rate right)
    {
        var kind = left.KeyKind.CompareTo(right.KeyKind);
        if (kind != 0) return kind;
        var key = string.CompareOrdinal(left.Key, right.Key);
        return key != 0 ? key : (left.From ?? DateOnly.MinValue).CompareTo(right.From ?? DateOnly.MinValue);
    }

    private static bool HaveOneKey(Rate left, Rate right) => left.KeyKind == right.KeyKind && string.Equals(left.Key, right.Key, StringComparison.Ordinal);

    private static string Describe(Rate rate) =>
        $"{rate.Label} ({rate.Destination}{(rate.From is { } from ? $", from {from:yyyy-MM-dd}" : "")}{(rate.To is { } to ? $", to {to:yyyy-MM-dd}" : "")})";
}
