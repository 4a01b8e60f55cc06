using System.ComponentModel;

namespace Billing.Customers.Endpoints;

/// <summary>A recurring charge as a program sends it.</summary>
sealed record RecurringBody(
    [property: Description("Code of a recurring product that is sold.")] string Product,
    [property: Description("First day that is charged.")] DateOnly From,
    [property: Description("Last day that is charged, included; left out for no end.")] DateOnly? Through = null,
    [property: Description("Label of one of the account's services; left out for the account as a whole.")] string? Service = null,
    [property: Description("As printed; the product's name where left out.")] string? Description = null,
    [property: Description("How many, at most three decimals; one where left out.")] decimal? Quantity = null,
    [property: Description("Of one for one period, without VAT; the product's price where left out.")] decimal? Price = null,
    [property: Description("Day of the month a period begins on, 1 to 31; the first where left out.")] int? AnchorDay = null);
