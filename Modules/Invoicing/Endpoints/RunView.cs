using Billing.Invoicing.BillingRuns;

namespace Billing.Invoicing.Endpoints;

/// <summary>A billing run in the API.</summary>
sealed record RunView(
    long Id, BillingRunStatus Status, DateOnly InvoiceDate, DateOnly CutoffOn, DateOnly? DueOn, string? Message, string? DraftHash, DateTimeOffset? RequestedAt, DateTimeOffset? CompletedAt,
    RunFiguresView Figures)
{
    public static RunView Of(BillingRun run, RunTotals totals) => new(
        run.Id.Value, run.Status, run.Fields.InvoiceDate, run.Fields.CutoffOn, run.Fields.DueOn, run.Fields.Message, run.DraftHash, run.RequestedAt, run.CompletedAt,
        new(totals.Accounts, totals.Drafted, totals.Parked, totals.Invoices, totals.Net, totals.Vat, totals.Gross));
}
