using Billing.Invoicing.BillingRuns;
using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Invoicing.Pages.Runs;

/// <summary>The pre-billing report: what each account would be billed, beside what it was billed last.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class DraftModel(CurrentTenant current) : PageModel
{
    private const int PageSize = 100;
    private static readonly string[] Sorts = ["account", "name", "net", "vat", "gross", "change", "calls"];

    public BillingRun Run { get; private set; } = null!;

    public IReadOnlyList<DraftedInvoice> Invoices { get; private set; } = [];

    public ListPage<DraftedInvoice> List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await RunReview.FindAsync(db, new BillingRunId(id), cancellationToken) is not { Run: { DraftHash: not null } run }) return NotFound();
        Run = run;
        Invoices = await DraftedInvoice.ListAsync(db, run.Id, cancellationToken);
        var query = ListQuery.Read(Request.Query, Sorts, PageSize);
        var found = Invoices.Where(i => i.AccountNumber.Contains(query.Search, StringComparison.OrdinalIgnoreCase) || i.AccountName.Contains(query.Search, StringComparison.OrdinalIgnoreCase));
        List = query.Cut([.. Sorted(found, query)]);
        return Page();
    }

    private static IEnumerable<DraftedInvoice> Sorted(IEnumerable<DraftedInvoice> invoices, ListQuery query)
    {
        Func<DraftedInvoice, decimal>? by = query.Sort switch
        {
            "net" => i => i.Net,
            "vat" => i => i.Vat,
            "gross" => i => i.Gross,
            "change" => i => Math.Abs(i.Gross - (i.Last ?? 0)),
            "calls" => i => i.Calls,
            _ => null,
        };
        var sorted = by is not null ? query.IsDescending ? invoices.OrderByDescending(by) : invoices.OrderBy(by)
            : query.Sort == "name" ? query.IsDescending ? invoices.OrderByDescending(i => i.AccountName, StringComparer.OrdinalIgnoreCase) : invoices.OrderBy(i => i.AccountName, StringComparer.OrdinalIgnoreCase)
            : query.IsDescending ? invoices.OrderByDescending(i => i.AccountNumber, StringComparer.Ordinal) : invoices.OrderBy(i => i.AccountNumber, StringComparer.Ordinal);
        return sorted.ThenBy(i => i.AccountNumber, StringComparer.Ordinal);
    }
}
