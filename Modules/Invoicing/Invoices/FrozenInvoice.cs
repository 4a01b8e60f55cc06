using Billing.Invoicing.Documents;

namespace Billing.Invoicing.Invoices;

/// <summary>A posted invoice with what it is printed from.</summary>
/// <param name="Document">As data, its hash checked.</param>
/// <param name="TemplateHash">The template it was posted with.</param>
/// <param name="PostedAt">The date its documents carry.</param>
public sealed record FrozenInvoice(InvoiceDocument Document, string TemplateHash, DateTimeOffset PostedAt);
