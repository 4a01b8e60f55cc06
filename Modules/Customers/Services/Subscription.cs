using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;

namespace Billing.Customers.Services;

/// <summary>A recurring charge: a product an account has on some days.</summary>
/// <param name="Id">As stored; 0 before it is.</param>
/// <param name="Account">Who pays.</param>
/// <param name="Service">What it is for; null when it is for the account as a whole.</param>
/// <param name="Product">What is sold: its tax and nominal code apply.</param>
/// <param name="Description">As printed.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Price">One of them for one period, without VAT.</param>
/// <param name="Terms">How it recurs.</param>
/// <param name="AnchorDay">Day of the month a period begins on; 29 to 31 mean the last day of a shorter month.</param>
/// <param name="Valid">The days it is had.</param>
public sealed record Subscription(
    SubscriptionId Id,
    AccountId Account,
    ServiceId? Service,
    ProductId Product,
    string Description,
    decimal Quantity,
    decimal Price,
    RecurringTerms Terms,
    int AnchorDay,
    DateInterval Valid);
