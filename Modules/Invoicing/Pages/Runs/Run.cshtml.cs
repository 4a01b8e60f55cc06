using Billing.Abstractions.Values;
using Billing.Delivery.Documents;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Screens;
using Billing.Screens.Parts;
using Billing.Screens.Tables;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Invoicing.Pages.Runs;

/// <summary>One run with its invoices.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class RunModel(CurrentTenant current, Database database, RunGates gates, RunJobs jobs, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    public RunReview Review => Steps.Review;

    public NextSteps Steps { get; private set; } = null!;

    /// <summary>Why what was asked for was not done.</summary>
    public Failure? Problem { get; private set; }

    public bool MayCancel => current.May(Permission.PrepareBilling) && Review.Totals.Invoices == 0 && Review.Run.Status is BillingRunStatus.Pending;

    public RunBreakdown Breakdown { get; private set; } = null!;

    public ListPage<IssuedInvoice> Invoices { get; private set; } = null!;

    /// <summary>Documents printed so far, by subject.</summary>
    public IReadOnlyDictionary<string, string> Pdfs { get; private set; } = new Dictionary<string, string>();

    /// <summary>How many of the run's invoices have a PDF.</summary>
    public int Printed { get; private set; }

    /// <summary>True while somebody works on the run, so that the page is worth loading again.</summary>
    public bool IsMoving => Review.Run.Status is BillingRunStatus.Requested or BillingRunStatus.Running || Printed > 0 && Printed < Review.Totals.Invoices;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    [Demands(Permission.PrepareBilling)]
    public async Task<IActionResult> OnPostConfirmAsync(long id, string? gate, bool ignore, CancellationToken cancellationToken) =>
        await AnswerAsync(id, await gates.ConfirmAsync(current.Tenant, current.Actor, new BillingRunId(id), gate ?? "", ignore, cancellationToken), cancellationToken);

    [Demands(Permission.PrepareBilling)]
    public async Task<IActionResult> OnPostWithdrawAsync(long id, string? gate, CancellationToken cancellationToken) =>
        await AnswerAsync(id, await gates.WithdrawAsync(current.Tenant, current.Actor, new BillingRunId(id), gate ?? "", cancellationToken), cancellationToken);

    [Demands(Permission.PrepareBilling)]
    public async Task<IActionResult> OnPostDraftAsync(long id, CancellationToken cancellationToken) =>
        await AnswerAsync(id, await jobs.RequestDraftAsync(current.Tenant, current.Actor, new BillingRunId(id), cancellationToken), cancellationToken);

    [Demands(Permission.RequestBilling)]
    public async Task<IActionResult> OnPostRequestAsync(long id, string? draft, CancellationToken cancellationToken) =>
        await AnswerAsync(id, await jobs.RequestBillsAsync(current.Tenant, current.Actor, new BillingRunId(id), draft ?? "", cancellationToken), cancellationToken);

    [Demands(Permission.RequestBilling)]
    public async Task<IActionResult> OnPostGoOnAsync(long id, CancellationToken cancellationToken) =>
        await AnswerAsync(id, await jobs.GoOnAsync(current.Tenant, current.Actor, new BillingRunId(id), cancellationToken), cancellationToken);

    [Demands(Permission.PrepareBilling)]
    public async Task<IActionResult> OnPostCancelAsync(long id, CancellationToken cancellationToken) =>
        await AnswerAsync(id, await new BillingRunBook(database, clock) { Actor = current.Actor }.CancelAsync(current.Tenant, new BillingRunId(id), cancellationToken), cancellationToken);

    /// <summary>How far posting and printing are, where no job of ours does it: the command line posts too.</summary>
    public async Task<IActionResult> OnGetProgressAsync(long id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (!LiveFragment.IsAskedFor(Request)) return RedirectToPage(new { id, handler = (string?)null });
        if (!IsMoving) LiveFragment.EndWith(Response);
        return Partial("_Progress", this);
    }

    private async Task<IActionResult> AnswerAsync<T>(long id, Result<T> result, CancellationToken cancellationToken)
    {
        if (result.TryGet(out _, out var problem)) return Redirect(Url.Content($"~/runs/{id}"));
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Problem = problem;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> LoadAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var run = new BillingRunId(id);
        if (await NextSteps.LoadAsync(db, current.Tenant, run, cancellationToken) is not { } steps) return false;
        Steps = steps;
        Breakdown = await RunBreakdown.LoadAsync(db, run, cancellationToken);
        Pdfs = await DocumentStore.HashesAsync(db, InvoicePrinting.MediaType, cancellationToken);
        var query = ListQuery.Read(Request.Query, InvoiceList.Sorts, PageSize);
        Invoices = query.Cut(await InvoiceList.LoadAsync(db, run, query, cancellationToken));
        Printed = steps.Printed;
        return true;
    }
}
