namespace Billing.Usage.Explaining;

/// <summary>A place where a tariff is looked for, in the order of looking: the service, its account, the reseller's default.</summary>
/// <param name="Place">Which, in words.</param>
/// <param name="Tariff">Code of the tariff that is set there now; null where none is.</param>
/// <param name="IsUsed">True for the one that priced the call.</param>
public sealed record TariffTried(string Place, string? Tariff, bool IsUsed);
