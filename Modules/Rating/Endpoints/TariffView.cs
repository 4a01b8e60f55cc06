using System.ComponentModel;
using Billing.Rating.RateCards;

namespace Billing.Rating.Endpoints;

/// <summary>A tariff in the API.</summary>
sealed record TariffView(
    string Code, [property: Description("As its latest document calls it.")] string Name,
    [property: Description("True for the one that prices calls of accounts without one of their own.")] bool IsDefault,
    [property: Description("True when it can't be given to anybody any more; who has it keeps it.")] bool IsRetired,
    int LatestVersion, DateTimeOffset? PublishedAt, string? PublishedBy)
{
    public static TariffView Of(TariffEntry tariff) => new(tariff.Code, tariff.Name, tariff.IsDefault, tariff.IsRetired, tariff.Latest, tariff.PublishedAt, tariff.PublishedBy);
}
