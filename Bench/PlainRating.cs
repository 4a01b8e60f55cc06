namespace Billing.Bench;

/// <summary>Rating as it is usually written: a dictionary asked with substrings, the time zone asked for each call, bands found with LINQ, an object a call.</summary>
internal sealed class PlainRating
{
    private readonly Dictionary<string, Row> rates;
    private readonly List<Band> bands =
    [
        new("day", [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], TimeSpan.FromHours(8), TimeSpan.FromHours(18)),
    ];
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public PlainRating(Deck deck) => rates = deck.Prices.ToDictionary(p => p.Key, p => new Row(p.Value, p.Value / 2), StringComparer.Ordinal);

    public decimal Price(RateBench.Call call) => Rated(call).Charge;

    public Result Rated(RateBench.Call call)
    {
        for (var length = call.Number.Length; length > 0; length--)
        {
            if (!rates.TryGetValue(call.Number[..length], out var rate)) continue;
            var local = TimeZoneInfo.ConvertTime(call.At, zone);
            var band = bands.FirstOrDefault(b => b.Days.Contains(local.DayOfWeek) && local.TimeOfDay >= b.From && local.TimeOfDay < b.To);
            var billable = call.Seconds <= 60 ? 60 : call.Seconds;
            var charge = (band is null ? rate.Rest : rate.Day) * billable / 60m + 0.03m;
            return new Result(call.Number[..length], band?.Name ?? "rest", billable, Math.Ceiling(charge * 10_000m) / 10_000m);
        }
        throw new InvalidOperationException("no rate");
    }

    internal sealed record Result(string Prefix, string Band, int Billable, decimal Charge);

    private sealed record Row(decimal Day, decimal Rest);

    private sealed record Band(string Name, DayOfWeek[] Days, TimeSpan From, TimeSpan To);
}
