using Billing.Customers.Accounts;

namespace Billing.Customers.Endpoints;

/// <summary>A contact as a program sends it.</summary>
sealed record ContactBody(string Name, string? Email = null, string? Phone = null, bool IsInvoiceRecipient = false)
{
    public Contact Make() => new(Name, Email, Phone, IsInvoiceRecipient);
}
