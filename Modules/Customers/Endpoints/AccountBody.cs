using System.ComponentModel;
using Billing.Customers.Accounts;

namespace Billing.Customers.Endpoints;

/// <summary>An account as a program sends it.</summary>
sealed record AccountBody(
    [property: Description("Unique; printed on bills.")] string Number,
    string Name,
    [property: Description("First day as a customer.")] DateOnly StartedOn,
    [property: Description("standard, zero, exempt or reverse-charge; standard where left out.")] string? TaxTreatment = null,
    string? VatNumber = null,
    [property: Description("bank-transfer, direct-debit or card; bank-transfer where left out.")] string? PaymentMethod = null,
    [property: Description("email or print; email where left out.")] string? Delivery = null,
    [property: Description("False for bills without single calls.")] bool IsItemised = true,
    string? InvoiceMessage = null,
    [property: Description("Days from invoice date to due date, 0 to 365; the company's usual ones where left out.")] int? PaymentDays = null)
{
    /// <summary>What it says, completed.</summary>
    /// <param name="tariff">The account's own tariff.</param>
    /// <param name="paymentDays">The tenant's usual days.</param>
    public AccountDetails Details(long? tariff, int paymentDays) => new(Number, Name, StartedOn)
    {
        TariffId = tariff,
        TaxTreatment = TaxTreatment ?? "standard",
        VatNumber = VatNumber,
        PaymentMethod = PaymentMethod ?? "bank-transfer",
        Delivery = Delivery ?? "email",
        IsItemised = IsItemised,
        InvoiceMessage = InvoiceMessage,
        PaymentDays = PaymentDays ?? paymentDays,
    };
}
