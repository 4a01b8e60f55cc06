using Billing.Rating.RateCards;
using Billing.Screens;

namespace Billing.Rating.Pages.Tariffs;

/// <summary>Prices in words.</summary>
internal static class Pricing
{
    public static string Of(Rate rate, RateCards.Tariff tariff)
    {
        if (rate.IsFree) return "free";
        if (rate.CostPlusPercent is { } percent) return $"cost plus {PriceText.Write(percent)} %";
        var parts = new List<string>();
        if (rate.PerMinute is { } minute) parts.Add(Bands(minute, tariff) + " a minute");
        if (rate.PerMessage is { } message) parts.Add(Bands(message, tariff) + " a message");
        if (rate.PerMegabyte is { } megabyte) parts.Add(Bands(megabyte, tariff) + " a megabyte");
        foreach (var stage in rate.Stages) parts.Add($"after {stage.AfterSeconds} s {Bands(stage.PerMinute, tariff)} a minute");
        if (rate.Terms.PerCall is { } call) parts.Add(Bands(call, tariff) + " a call");
        if (rate.Terms.Connection is { } connection) parts.Add(Bands(connection, tariff) + " connection");
        if (rate.Terms.Minimum is { } minimum) parts.Add("at least " + PriceText.Write(minimum));
        if (rate.Terms.Maximum is { } maximum) parts.Add("at most " + PriceText.Write(maximum));
        if (rate.ServiceRange is not null) parts.Add("plus the access charge");
        return parts.Count == 0 ? "as the defaults say" : string.Join(", ", parts);
    }

    public static string Of(AccessCharge access) => $"{PriceText.Write(access.PerMinute)} a minute, at least {access.FirstSeconds} s, then by {access.NextSeconds} s";

    public static string Of(DataUnit data) => $"a megabyte of {(data.MegabyteBytes == 1_000_000 ? "1,000,000" : "1,048,576")} bytes, sessions up to whole {Written.Count(data.RoundUpToBytes)}";

    public static string Days(Rate rate) => (rate.From, rate.To) switch
    {
        (null, null) => "",
        ({ } from, null) => "from " + Written.Day(from),
        (null, { } to) => "to " + Written.Day(to.AddDays(-1)),
        ({ } from, { } to) => $"{Written.Day(from)} to {Written.Day(to.AddDays(-1))}",
    };

    public static string Rounding(TariffRounding rounding) => $"{TariffWriter.NameOf(rounding.Mode)} to {PriceText.Write(rounding.Unit)}, each {TariffWriter.NameOf(rounding.Level)}";

    private static string Bands(BandPrice price, RateCards.Tariff tariff) =>
        price.IsFlat ? PriceText.Write(price.In(0)) : string.Join(" / ", tariff.TimeBands.Select((band, i) => $"{PriceText.Write(price.In(i))} {band.Name}"));
}
