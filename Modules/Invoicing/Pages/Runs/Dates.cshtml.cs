using Billing.Invoicing.BillingRuns;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Invoicing.Pages.Runs;

/// <summary>The four fields of a run, while it is pending.</summary>
[Demands(Permission.PrepareBilling)]
internal sealed class DatesModel(CurrentTenant current, Database database, TimeProvider clock) : PageModel
{
    [BindProperty]
    public RunInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await RunReview.FindAsync(db, new BillingRunId(Id), cancellationToken) is not { } review) return NotFound();
        var fields = review.Run.Fields;
        Input = new RunInput { InvoiceDate = fields.InvoiceDate, CutoffOn = fields.CutoffOn, DueOn = fields.DueOn, Message = fields.Message };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Input.Read(ModelState) is { } fields)
        {
            var changed = await new BillingRunBook(database, clock) { Actor = current.Actor }.ChangeAsync(current.Tenant, new BillingRunId(Id), fields, cancellationToken);
            if (changed.TryGet(out _, out var failure)) return Redirect(Url.Content($"~/runs/{Id}"));
            ModelState.AddModelError("", failure.Message);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
