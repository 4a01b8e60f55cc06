using System.ComponentModel;

namespace Billing.Catalog.Endpoints;

/// <summary>What a product is to include.</summary>
sealed record IncludeBody([property: Description("The allowance's code.")] string Allowance, [property: Description("First day.")] DateOnly From);
