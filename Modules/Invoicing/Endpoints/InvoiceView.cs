using Billing.Invoicing.Invoices;

namespace Billing.Invoicing.Endpoints;

/// <summary>An invoice in a list of the API.</summary>
sealed record InvoiceView(
    string Number, long Run, string AccountNumber, string AccountName, DateOnly InvoiceDate, DateOnly DueOn, string Currency, decimal Net, decimal Vat, decimal Gross, long Calls,
    DateTimeOffset PostedAt)
{
    public static InvoiceView Of(IssuedInvoice invoice, string currency) => new(
        invoice.Number, invoice.Run.Value, invoice.AccountNumber, invoice.AccountName, invoice.InvoiceDate, invoice.DueOn, currency, invoice.Net, invoice.Vat, invoice.Gross, invoice.Calls,
        invoice.PostedAt);
}
