using Billing.Invoicing.Documents;

namespace Billing.Invoicing.BillingRuns;

/// <summary>What a run would bill as things stand.</summary>
/// <param name="Hash">Over every invoice: posting promotes exactly this or refuses.</param>
/// <param name="Invoices">The draft invoices, in the order they will be numbered.</param>
/// <param name="Skipped">Accounts with nothing to bill.</param>
public sealed record RunDraft(string Hash, IReadOnlyList<InvoiceDocument> Invoices, int Skipped)
{
    /// <summary>Sum of the nets.</summary>
    public decimal Net => Invoices.Sum(i => i.Net);

    /// <summary>Sum of the VAT.</summary>
    public decimal Vat => Invoices.Sum(i => i.Vat);

    /// <summary>Sum of the gross totals.</summary>
    public decimal Gross => Invoices.Sum(i => i.Gross);
}
