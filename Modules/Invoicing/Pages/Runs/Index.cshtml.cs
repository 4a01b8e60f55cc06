using Billing.Invoicing.BillingRuns;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Invoicing.Pages.Runs;

/// <summary>All runs, newest first.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class IndexModel(CurrentTenant current, Database database, TimeProvider clock) : PageModel
{
    public IReadOnlyList<BillingRun> Runs { get; private set; } = [];

    public IReadOnlyDictionary<BillingRunId, RunTotals> Totals { get; private set; } = new Dictionary<BillingRunId, RunTotals>();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Runs = await new BillingRunBook(database, clock).ListAsync(current.Tenant, cancellationToken);
        await using var db = await current.BeginAsync(cancellationToken);
        Totals = await RunTotals.LoadAsync(db, cancellationToken);
    }
}
