using Billing.Invoicing.Documents;

namespace Billing.Invoicing.Invoices;

/// <summary>A posted invoice with what it is printed from.</summary>
/// <param name="Document">As data, its hash checked.</param>
/// <param name="TemplateHash">The template it was posted with.</param>
/// <param name="PostedAt">When it became law.</param>
public sealed record FrozenInvoice(InvoiceDocument Document, string TemplateHash, DateTimeOffset PostedAt);
