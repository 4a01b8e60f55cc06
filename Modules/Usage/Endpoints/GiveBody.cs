using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>An allowance that an account is to have.</summary>
sealed record GiveBody(
    [property: Description("The allowance's code.")] string Allowance,
    [property: Description("First day.")] DateOnly From,
    [property: Description("Last day; left out for no end.")] DateOnly? Through = null,
    [property: Description("The one service it is for, by its label; left out for the account.")] string? Service = null,
    [property: Description("How many of it; one where left out.")] decimal? Quantity = null,
    [property: Description("Day of the month its periods begin on; 1 where left out.")] int? AnchorDay = null);
