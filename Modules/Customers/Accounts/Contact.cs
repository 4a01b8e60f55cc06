using Billing.Abstractions.Values;
using Billing.Tenancy.Records;

namespace Billing.Customers.Accounts;

/// <summary>A person at an account.</summary>
/// <param name="Name">As addressed.</param>
/// <param name="Email">Needed when invoices go there.</param>
/// <param name="Phone">As printed.</param>
/// <param name="IsInvoiceRecipient">Every contact with this flag gets the bill.</param>
public sealed record Contact(string Name, string? Email, string? Phone, bool IsInvoiceRecipient)
{
    /// <summary>Everything that is wrong with it, each with its field.</summary>
    public IReadOnlyList<Failure> Check() => new FieldChecks()
        .Text("contactName", "The contact's name", Name, 200, isRequired: true)
        .Email("email", Email)
        .Text("phone", "The telephone number", Phone, 40)
        .That(!IsInvoiceRecipient || !string.IsNullOrWhiteSpace(Email), "records.missing", "email", $"{Name} is to get the bill and has no email address.")
        .Failures;
}
