namespace Billing.Usage.WhatIf;

/// <summary>Who would be priced by another tariff: an account, or everybody on a tariff.</summary>
/// <param name="Account">The account's number: its tariff would be another one, and a service with a tariff of its own keeps that. Null for everybody on a tariff.</param>
/// <param name="FromTariff">Whatever this tariff prices, of accounts that are not named themselves; null for one account.</param>
/// <param name="Tariff">The tariff that would price it.</param>
public sealed record WhatIfMove(string? Account, string? FromTariff, string Tariff);
