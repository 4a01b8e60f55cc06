using System.ComponentModel;
using Billing.Catalog.Products;
using Billing.Customers.Services;

namespace Billing.Customers.Endpoints;

/// <summary>A recurring charge in the API: one price and quantity on some days; <c>Through</c> is the last day, included.</summary>
sealed record RecurringView(
    long Id, string Product, [property: Description("Label of the service it is for; null for the account as a whole.")] string? Service,
    string Description, decimal Quantity, decimal Price, int EveryMonths, string Billing, string Basis, int AnchorDay, DateOnly From, DateOnly? Through,
    [property: Description("The one whose place it took when price or quantity changed.")] long? Follows, int Version)
{
    public static RecurringView Of(StoredCharge stored, IReadOnlyDictionary<ProductId, Product> products, IReadOnlyDictionary<ServiceId, string> services)
    {
        var charge = stored.Charge;
        return new(charge.Id.Value, products[charge.Product].Code, charge.Service is { } service ? services[service] : null, charge.Description, charge.Quantity, charge.Price, charge.Terms.EveryMonths,
            RecurringTerms.TextOf(charge.Terms.Billing), RecurringTerms.TextOf(charge.Terms.Basis), charge.AnchorDay, charge.Valid.From, charge.Valid.To?.AddDays(-1), stored.Follows?.Value, stored.Version);
    }
}
