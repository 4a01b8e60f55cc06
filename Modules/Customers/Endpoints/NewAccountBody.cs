using System.ComponentModel;
using Billing.Customers.Accounts;

namespace Billing.Customers.Endpoints;

/// <summary>An account to be opened, with what it can't do without.</summary>
sealed record NewAccountBody(
    AccountBody Account,
    [property: Description("Where bills are addressed to, line by line.")] IReadOnlyList<string> BillingAddress,
    [property: Description("Its people; those who are invoice recipients get the bill.")] IReadOnlyList<ContactBody>? Contacts = null)
{
    /// <param name="paymentDays">The tenant's usual days.</param>
    public NewAccount Make(int paymentDays)
    {
        var details = Account.Details(null, paymentDays);
        return new NewAccount(details.Number, details.Name, null, details.StartedOn)
        {
            TaxTreatment = details.TaxTreatment,
            VatNumber = details.VatNumber,
            PaymentMethod = details.PaymentMethod,
            Delivery = details.Delivery,
            IsItemised = details.IsItemised,
            InvoiceMessage = details.InvoiceMessage,
            PaymentDays = details.PaymentDays,
            Sites = [new Site("Billing address", BillingAddress, true)],
            Contacts = [.. (Contacts ?? []).Select(contact => contact.Make())],
        };
    }
}
