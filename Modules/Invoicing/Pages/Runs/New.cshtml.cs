using Billing.Invoicing.BillingRuns;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Invoicing.Pages.Runs;

/// <summary>Opens a run: its dates come first, and nothing else is possible without them (RUN-5).</summary>
[Demands(Permission.PrepareBilling)]
internal sealed class NewModel(CurrentTenant current, Database database, TimeProvider clock) : PageModel
{
    [BindProperty]
    public RunInput Input { get; set; } = new();

    public void OnGet()
    {
        // The usual run: last month's charges, invoiced on the first of this one.
        var today = current.Tenant.DayOf(clock.GetUtcNow());
        var first = new DateOnly(today.Year, today.Month, 1);
        Input = new RunInput { InvoiceDate = first, CutoffOn = first.AddDays(-1) };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Input.Read(ModelState) is not { } fields) return Refuse();
        var opened = await new BillingRunBook(database, clock) { Actor = current.Actor }.OpenAsync(current.Tenant, fields, cancellationToken);
        if (opened.TryGet(out var run, out var failure)) return Redirect(Url.Content($"~/runs/{run.Id.Value}"));
        ModelState.AddModelError("", failure.Message);
        return Refuse();
    }

    private PageResult Refuse()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
