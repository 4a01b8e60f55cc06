using Billing.Usage.Mapping;

namespace Billing.Usage.Endpoints;

/// <summary>A described carrier.</summary>
/// <param name="Code">The id of its format.</param>
/// <param name="Name">For people.</param>
/// <param name="Carrier">Whose files they are.</param>
/// <param name="Document">The description as it was written.</param>
/// <param name="Version">Grows with each change.</param>
sealed record CarrierView(string Code, string Name, string Carrier, string Document, int Version)
{
    public static CarrierView Of(DescribedCarrier carrier) => new(carrier.Code, carrier.Name, carrier.Carrier, carrier.Document, carrier.Version);
}
