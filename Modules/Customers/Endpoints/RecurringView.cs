using Billing.Catalog.Products;
using Billing.Customers.Services;

namespace Billing.Customers.Endpoints;

/// <summary>A recurring charge in the API; <c>Through</c> is the last day, included.</summary>
sealed record RecurringView(
    long Id, string Description, decimal Quantity, decimal Price, int EveryMonths, string Billing, string Basis, int AnchorDay, DateOnly From, DateOnly? Through, int Version)
{
    public static RecurringView Of(Subscription charge, int version) => new(
        charge.Id.Value, charge.Description, charge.Quantity, charge.Price, charge.Terms.EveryMonths, RecurringTerms.TextOf(charge.Terms.Billing), RecurringTerms.TextOf(charge.Terms.Basis),
        charge.AnchorDay, charge.Valid.From, charge.Valid.To?.AddDays(-1), version);
}
