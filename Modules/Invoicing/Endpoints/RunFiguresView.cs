namespace Billing.Invoicing.Endpoints;

/// <summary>A run in figures: what its draft had, and what was posted.</summary>
sealed record RunFiguresView(long DraftedAccounts, decimal DraftedGross, long ParkedAccounts, long Invoices, decimal Net, decimal Vat, decimal Gross);
