using System.ComponentModel;
using Billing.Abstractions.Cdr;
using Billing.Rating.RateCards;

namespace Billing.Rating.Endpoints;

/// <summary>A rate in the API, as the document says it; what is null is as the tariff's defaults say. Prices stand under the names of the tariff's time bands.</summary>
sealed record RateView(
    [property: Description("What it prices: voice, sms or data.")] CdrKind Kind,
    RateKeyKind FoundBy,
    [property: Description("The prefix's digits, the charge code or the short code; empty where anything is found by it.")] string Key,
    string Destination,
    bool IsFree,
    [property: Description("Major units, by time band.")] IReadOnlyDictionary<string, decimal>? PerMinute,
    IReadOnlyDictionary<string, decimal>? PerMessage,
    IReadOnlyDictionary<string, decimal>? PerMegabyte,
    [property: Description("Other prices from later seconds of a call on.")] IReadOnlyList<StageView> Stages,
    IReadOnlyDictionary<string, decimal>? PerCall,
    IReadOnlyDictionary<string, decimal>? Connection,
    int? FirstSeconds, int? NextSeconds, int? FreeSeconds, int? MinimumSeconds,
    decimal? Minimum, decimal? Maximum,
    [property: Description("The carrier's cost and so many percent, instead of prices.")] decimal? CostPlusPercent,
    [property: Description("084, 087, 09 or 118: the prices are a service charge, and the access charge comes on top.")] string? ServiceRange,
    [property: Description("First day in force; null: ever since.")] DateOnly? From,
    [property: Description("Last day in force, included; null: until further notice.")] DateOnly? Through)
{
    public static RateView Of(Rate rate, Tariff tariff) => new(
        rate.Kind, rate.KeyKind, rate.Key, rate.Destination, rate.IsFree, Bands(rate.PerMinute, tariff), Bands(rate.PerMessage, tariff), Bands(rate.PerMegabyte, tariff),
        [.. rate.Stages.Select(stage => StageView.Of(stage, tariff))], Bands(rate.Terms.PerCall, tariff), Bands(rate.Terms.Connection, tariff), rate.Terms.FirstSeconds, rate.Terms.NextSeconds,
        rate.Terms.FreeSeconds, rate.Terms.MinimumSeconds, rate.Terms.Minimum, rate.Terms.Maximum, rate.CostPlusPercent, rate.ServiceRange, rate.From, rate.To?.AddDays(-1));

    internal static IReadOnlyDictionary<string, decimal>? Bands(BandPrice? price, Tariff tariff) =>
        price is null ? null : tariff.TimeBands.Select((band, place) => (band.Name, Price: price.In(place))).ToDictionary(band => band.Name, band => band.Price, StringComparer.Ordinal);
}
