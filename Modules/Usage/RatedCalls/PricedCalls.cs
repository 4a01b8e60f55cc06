namespace Billing.Usage.RatedCalls;

/// <summary>Which calls that have a price, and are on no invoice, are priced again.</summary>
/// <param name="Services">Of these services.</param>
/// <param name="Parties">And with one of these numbers or circuits; null for any.</param>
/// <param name="TariffId">Or priced by this tariff; null for none.</param>
/// <param name="TariffVersion">In this version of it or a later one.</param>
internal sealed record PricedCalls(long[] Services, string[]? Parties, long? TariffId, int? TariffVersion);
