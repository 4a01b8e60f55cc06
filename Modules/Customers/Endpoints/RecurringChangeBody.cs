using System.ComponentModel;

namespace Billing.Customers.Endpoints;

/// <summary>Another price or quantity of a recurring charge; what is left out stays.</summary>
sealed record RecurringChangeBody(
    [property: Description("First day of it; not before what is on an invoice.")] DateOnly From,
    decimal? Quantity = null,
    [property: Description("Of one for one period, without VAT.")] decimal? Price = null,
    string? Description = null);
