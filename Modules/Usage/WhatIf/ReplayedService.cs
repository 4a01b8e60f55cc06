using Billing.Customers.Services;
using Billing.Rating.RateCards;

namespace Billing.Usage.WhatIf;

/// <summary>A service on both sides of a comparison.</summary>
/// <param name="Before">With the tariff it has; null leaves the tenant's default.</param>
/// <param name="After">With the tariff it would have.</param>
/// <param name="TariffBefore">What prices it.</param>
/// <param name="TariffAfter">What would.</param>
/// <param name="Site">Where it is; null for nowhere.</param>
internal sealed record ReplayedService(ServiceOwner Before, ServiceOwner After, ShelvedTariff? TariffBefore, ShelvedTariff? TariffAfter, long? Site)
{
    /// <summary>True when the change reaches its calls.</summary>
    public bool IsTouched => !ReferenceEquals(TariffBefore, TariffAfter);
}
