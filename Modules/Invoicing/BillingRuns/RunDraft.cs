namespace Billing.Invoicing.BillingRuns;

/// <summary>What a run would bill as things stand. Its invoices, one by one, are <see cref="DraftedInvoice"/>s.</summary>
/// <param name="Hash">Over every invoice: posting promotes exactly this or refuses.</param>
/// <param name="Invoices">How many there are.</param>
/// <param name="Net">Sum of the nets.</param>
/// <param name="Vat">Sum of the VAT.</param>
/// <param name="Gross">Sum of the gross totals.</param>
/// <param name="Skipped">Accounts with nothing to bill.</param>
public sealed record RunDraft(string Hash, int Invoices, decimal Net, decimal Vat, decimal Gross, int Skipped);
