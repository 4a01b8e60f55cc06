namespace Billing.Customers.Accounts;

/// <summary>A person at an account.</summary>
/// <param name="Name">As addressed.</param>
/// <param name="Email">Needed when invoices go there.</param>
/// <param name="Phone">As printed.</param>
/// <param name="IsInvoiceRecipient">Every contact with this flag gets the bill.</param>
public sealed record Contact(string Name, string? Email, string? Phone, bool IsInvoiceRecipient);
