using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>What a carrier's product is sold on as; with neither product nor price, that nothing is said of it.</summary>
sealed record CarrierProductBody(
    [property: Description("The carrier, as its format names it.")] string Carrier, [property: Description("Its product, as its files name it.")] string Code,
    [property: Description("A recurring product of ours.")] long? ProductId = null, [property: Description("What one should be sold for a month; the list price where it is left out.")] decimal? SuggestedPrice = null);
