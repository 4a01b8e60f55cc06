using Billing.Abstractions.Values;

namespace Billing.Host.Demo;

/// <summary>A recurring charge of a demo account.</summary>
/// <param name="Service">Label of its service; null for the account as a whole.</param>
/// <param name="Product">Code of the product; its price and terms apply.</param>
/// <param name="Description">As printed.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Valid">The days it is had.</param>
sealed record DemoSubscription(string? Service, string Product, string Description, decimal Quantity, DateInterval Valid)
{
    /// <summary>One of them for one period, where it is not the list price.</summary>
    public decimal? Price { get; init; }

    /// <summary>Day of the month on which a period begins.</summary>
    public int AnchorDay { get; init; } = 1;
}
