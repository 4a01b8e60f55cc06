using System.Globalization;
using System.Text;
using Billing.Host.Demo;

namespace Billing.Bench;

/// <summary>A made-up deck of prefixes: a catch-all for each first digit, the rest of 3 to 8 digits, closer together where people live.</summary>
internal sealed class Deck
{
    public Deck(int seed, int count)
    {
        var random = new DemoRandom((ulong)seed, "bench/deck");
        var found = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        for (var digit = 1; digit <= 9; digit++) found[digit.ToString(CultureInfo.InvariantCulture)] = 0.5m;
        var countries = Enumerable.Range(0, 220).Select(_ => random.Between(1, 9).ToString(CultureInfo.InvariantCulture) + random.Between(0, 99).ToString("00", CultureInfo.InvariantCulture)).Distinct().ToList();
        while (found.Count < count)
        {
            var prefix = new StringBuilder(random.Pick(countries));
            for (var more = random.Between(0, 5); more > 0; more--) prefix.Append((char)('0' + random.Below(10)));
            found[prefix.ToString()] = random.Between(1, 9_000) / 10_000m;
        }
        Prices = found;
        Prefixes = [.. found.Keys];
    }

    public IReadOnlyDictionary<string, decimal> Prices { get; }

    public IReadOnlyList<string> Prefixes { get; }

    /// <summary>The tariff: two bands with prices of their own, a connection charge, 60/1, rounded up to a hundredth of a penny.</summary>
    public string Document()
    {
        var text = new StringBuilder("""
            {"formatVersion":1,"name":"Bench","currency":"GBP","timeZone":"Europe/London","rounding":{"mode":"up","unit":"0.0001","level":"call"},"bandPricing":"at-start",
             "timeBands":[{"name":"day","when":[{"days":["mon","tue","wed","thu","fri"],"from":"08:00","to":"18:00"}]},
              {"name":"rest","when":[{"days":["mon","tue","wed","thu","fri"],"from":"00:00","to":"08:00"},{"days":["mon","tue","wed","thu","fri"],"from":"18:00","to":"24:00"},{"days":["sat","sun"],"from":"00:00","to":"24:00"}]}],
             "defaults":{"interval":{"first":60,"next":1},"connection":"0.03"},"rates":[
            """);
        foreach (var (prefix, price) in Prices)
            text.Append(CultureInfo.InvariantCulture, $"{{\"prefix\":\"{prefix}\",\"destination\":\"Place {prefix[..Math.Min(3, prefix.Length)]}\",\"perMinute\":{{\"day\":\"{price}\",\"rest\":\"{price / 2}\"}}}},\n");
        text.Length -= 2;
        return text.Append("]}").ToString();
    }
}
