using Billing.Delivery.Documents;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Screens;
using Billing.Screens.Parts;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Invoicing.Pages.Runs;

/// <summary>One run with its invoices.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class RunModel(CurrentTenant current) : PageModel
{
    private const int PageSize = 50;

    public RunReview Review { get; private set; } = null!;

    public RunBreakdown Breakdown { get; private set; } = null!;

    public ListPage<IssuedInvoice> Invoices { get; private set; } = null!;

    /// <summary>Documents printed so far, by subject.</summary>
    public IReadOnlyDictionary<string, string> Pdfs { get; private set; } = new Dictionary<string, string>();

    /// <summary>How many of the run's invoices have a PDF.</summary>
    public int Printed { get; private set; }

    /// <summary>True while somebody works on the run, so that the page is worth loading again.</summary>
    public bool IsMoving => Review.Run.Status is BillingRunStatus.Requested or BillingRunStatus.Running || Printed > 0 && Printed < Review.Totals.Invoices;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var run = new BillingRunId(id);
        if (await RunReview.FindAsync(db, run, cancellationToken) is not { } review) return NotFound();
        Review = review;
        Breakdown = await RunBreakdown.LoadAsync(db, run, cancellationToken);
        Pdfs = await DocumentStore.HashesAsync(db, InvoicePrinting.MediaType, cancellationToken);
        var query = ListQuery.Read(Request.Query, InvoiceList.Sorts, PageSize);
        Invoices = query.Cut(await InvoiceList.LoadAsync(db, run, query, cancellationToken));
        Printed = (await InvoiceRegister.ListAsync(db, run, cancellationToken)).Count(invoice => Pdfs.ContainsKey(invoice.Subject));
        return Page();
    }

    /// <summary>How far posting and printing are, for the part of the page that keeps itself up to date.</summary>
    public async Task<IActionResult> OnGetProgressAsync(long id, CancellationToken cancellationToken)
    {
        var page = await OnGetAsync(id, cancellationToken);
        if (page is not PageResult) return page;
        if (!LiveFragment.IsAskedFor(Request)) return RedirectToPage(new { id, handler = (string?)null });
        if (!IsMoving) LiveFragment.EndWith(Response);
        return Partial("_Progress", this);
    }
}
