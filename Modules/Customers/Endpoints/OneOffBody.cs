using System.ComponentModel;

namespace Billing.Customers.Endpoints;

/// <summary>A one-off charge as a program sends it.</summary>
sealed record OneOffBody(
    [property: Description("Code of a product.")] string Product,
    string Description,
    [property: Description("Without VAT; negative for a credit.")] decimal Amount,
    [property: Description("A run takes it when its cutoff date is this day or later.")] DateOnly On);
