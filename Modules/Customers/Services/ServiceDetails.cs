using Billing.Abstractions.Values;
using Billing.Tenancy.Records;

namespace Billing.Customers.Services;

/// <summary>What a person can change of a service.</summary>
/// <param name="Label">What the customer calls it, unique within the account.</param>
/// <param name="SiteId">Where it stands; null for nowhere in particular.</param>
/// <param name="TariffId">What its calls are priced by; null leaves the account's.</param>
public sealed record ServiceDetails(string Label, long? SiteId, long? TariffId)
{
    /// <summary>Everything that is wrong with it by itself.</summary>
    public IReadOnlyList<Failure> Check() => new FieldChecks().Text("label", "The service's name", Label, 100, isRequired: true).Failures;
}
