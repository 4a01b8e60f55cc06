using Billing.Customers.Services;

namespace Billing.Usage.Matching;

/// <summary>A call with its owner and price, or with the reason why it has none.</summary>
/// <param name="Owner">Who pays; null where nobody was found.</param>
/// <param name="TariffId">What priced it.</param>
/// <param name="TariffVersion">Which version of that.</param>
/// <param name="Destination">What the tariff calls the destination.</param>
/// <param name="Band">Time band the call started in; null where the tariff has one price for the week.</param>
/// <param name="BillableSeconds">After intervals.</param>
/// <param name="Charge">Without VAT, as rounded by the tariff.</param>
/// <param name="Error">Set when there is no price.</param>
public sealed record PricedCall(
    ServiceOwner? Owner, long? TariffId, int? TariffVersion, string? Destination, string? Band, int BillableSeconds, decimal Charge, BillingError? Error)
{
    /// <summary>A call that can't be billed as things stand.</summary>
    public static PricedCall Failed(ServiceOwner? owner, BillingError error) => new(owner, null, null, null, null, 0, 0, error);
}
