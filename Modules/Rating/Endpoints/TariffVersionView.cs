using System.ComponentModel;
using Billing.Rating.RateCards;

namespace Billing.Rating.Endpoints;

/// <summary>A published version in the API.</summary>
sealed record TariffVersionView(int Version, DateTimeOffset PublishedAt, string PublishedBy, string? Note, [property: Description("SHA-256 of the document.")] string Hash)
{
    public static TariffVersionView Of(TariffVersion version) => new(version.Version, version.PublishedAt, version.PublishedBy, version.Note, version.Hash);
}
