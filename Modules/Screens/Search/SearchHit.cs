namespace Billing.Screens.Search;

/// <summary>Something that was found.</summary>
/// <param name="Kind">What it is, in the plural, as the heading of its group: <c>Invoices</c>.</param>
/// <param name="Title">Its name: <c>INV-000001</c>.</param>
/// <param name="Detail">What tells it from the others: whose, when, how much.</param>
/// <param name="Address">Its page within the tenant: <c>/invoices/INV-000001</c>.</param>
public sealed record SearchHit(string Kind, string Title, string Detail, string Address);
