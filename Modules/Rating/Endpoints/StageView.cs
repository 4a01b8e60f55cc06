using Billing.Rating.RateCards;

namespace Billing.Rating.Endpoints;

/// <summary>Another price from a second of a call on, in the API.</summary>
sealed record StageView(int AfterSeconds, IReadOnlyDictionary<string, decimal> PerMinute, int FirstSeconds, int NextSeconds)
{
    public static StageView Of(RateStage stage, Tariff tariff) => new(stage.AfterSeconds, RateView.Bands(stage.PerMinute, tariff)!, stage.FirstSeconds, stage.NextSeconds);
}
