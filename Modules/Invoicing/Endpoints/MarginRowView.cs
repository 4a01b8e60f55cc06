using System.ComponentModel;

namespace Billing.Invoicing.Endpoints;

/// <summary>What a service costs and earns in a month, in the API.</summary>
sealed record MarginRowView(
    long AccountId, string AccountNumber, [property: Description("Null for the account as a whole.")] long? ServiceId, string Service, [property: Description("What the carrier's product is sold on as, where somebody said so.")] string? Product, int Lines,
    decimal Cost, decimal Charge, decimal Margin, [property: Description("What it should be sold for, where that is known.")] decimal? Suggested, [property: Description("sold, below-cost, nobody-pays, no-cost or credit.")] string Verdict);
