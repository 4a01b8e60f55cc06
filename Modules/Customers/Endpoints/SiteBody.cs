using System.ComponentModel;
using Billing.Customers.Accounts;

namespace Billing.Customers.Endpoints;

/// <summary>A site as a program sends it.</summary>
sealed record SiteBody(
    [property: Description("Unique within the account.")] string Name,
    [property: Description("Line by line, at most eight.")] IReadOnlyList<string> Address,
    [property: Description("True for the one that invoices are addressed to; the one before gives that up.")] bool IsBilling = false)
{
    public Site Make() => new(Name.Trim(), [.. Address.Select(line => line.Trim()).Where(line => line.Length > 0)], IsBilling);
}
