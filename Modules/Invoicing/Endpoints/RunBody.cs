using System.ComponentModel;
using Billing.Invoicing.BillingRuns;

namespace Billing.Invoicing.Endpoints;

/// <summary>The four fields of a run as a program sends them.</summary>
sealed record RunBody(
    [property: Description("Printed on the invoices, and their tax point.")] DateOnly InvoiceDate,
    [property: Description("Last day that charges apply, included: usage until the midnight after it.")] DateOnly CutoffOn,
    [property: Description("Printed due date; left out for each account's own payment days.")] DateOnly? DueOn = null,
    [property: Description("Printed on every invoice instead of the accounts' own messages; at most 500 characters.")] string? Message = null)
{
    public BillingRunFields Fields => new(InvoiceDate, CutoffOn, DueOn, string.IsNullOrWhiteSpace(Message) ? null : Message.Trim());
}
