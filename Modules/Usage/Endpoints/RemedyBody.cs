using System.ComponentModel;
using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;

namespace Billing.Usage.Endpoints;

/// <summary>What is to be done about causes.</summary>
sealed record RemedyBody(
    [property: Description("The causes, by their keys.")] IReadOnlyList<string> Causes,
    [property: Description("again (price again), assign (to a service), rate (add one to a tariff), tariff (give one to the services).")] string Kind,
    [property: Description("To assign: the service.")] long? ServiceId = null,
    [property: Description("To assign: first day; left out for the day of each cause's first call.")] DateOnly? From = null,
    [property: Description("To rate and tariff: the tariff.")] long? TariffId = null,
    [property: Description("To rate: what invoices call the destination.")] string? Destination = null,
    [property: Description("To rate: first digits, which all causes begin with; left out for a rate for each.")] string? Prefix = null,
    [property: Description("To rate: price of 60 seconds, without VAT, in the tariff's currency.")] decimal? PerMinute = null)
{
    public Remedy Remedy => new(Kind) { ServiceId = ServiceId, From = From, TariffId = TariffId, Destination = Destination, Prefix = Prefix, PerMinute = PerMinute };

    /// <summary>Changing customers or prices needs the permission to do so.</summary>
    public bool IsAllowed(CurrentTenant current) => Kind switch
    {
        Remedy.Assign or Remedy.Tariff => current.May(Permission.ChangeAccounts),
        Remedy.Rate => current.May(Permission.ChangeTariffs),
        _ => true,
    };
}
