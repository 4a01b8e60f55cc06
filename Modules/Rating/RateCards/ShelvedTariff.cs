using Billing.Rating.Engine;

namespace Billing.Rating.RateCards;

/// <summary>A published version of a tariff, ready to price.</summary>
/// <param name="TariffId">As stored.</param>
/// <param name="Code">The tenant's own code.</param>
/// <param name="Version">From 1.</param>
/// <param name="Compiled">Its tables.</param>
public sealed record ShelvedTariff(long TariffId, string Code, int Version, CompiledTariff Compiled);
