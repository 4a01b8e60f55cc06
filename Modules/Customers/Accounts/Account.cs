namespace Billing.Customers.Accounts;

/// <summary>Who is billed.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Number">The account number on reports and invoices, unique.</param>
/// <param name="Name">The customer's name.</param>
/// <param name="TariffId">What its calls are priced by where a number has no tariff of its own; null leaves the tenant's default.</param>
/// <param name="TaxTreatment"><c>standard</c>, <c>zero</c>, <c>exempt</c> or <c>reverse-charge</c>.</param>
/// <param name="VatNumber">The customer's own VAT number; a reverse charge names it.</param>
/// <param name="PaymentMethod"><c>direct-debit</c>, <c>card</c> or <c>bank-transfer</c>.</param>
/// <param name="Delivery"><c>email</c> or <c>print</c>.</param>
/// <param name="IsItemised">False when the customer asked for bills without single calls.</param>
/// <param name="InvoiceMessage">Printed on its invoices unless the run has a message.</param>
/// <param name="PaymentDays">Days from invoice date to due date where the run sets none.</param>
/// <param name="StartedOn">First day as a customer.</param>
/// <param name="EndedOn">First day it is no customer any more; null while it is one.</param>
/// <param name="BillingAddress">Name of the billing site is left out; line by line.</param>
public sealed record Account(
    AccountId Id,
    string Number,
    string Name,
    long? TariffId,
    string TaxTreatment,
    string? VatNumber,
    string PaymentMethod,
    string Delivery,
    bool IsItemised,
    string? InvoiceMessage,
    int PaymentDays,
    DateOnly StartedOn,
    DateOnly? EndedOn,
    IReadOnlyList<string> BillingAddress);
