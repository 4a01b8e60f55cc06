using Billing.Screens;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages.Settings;

/// <summary>The tenant's host names.</summary>
[Demands(Permission.ViewSettings)]
internal sealed class HostsModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    public IReadOnlyList<HostName> List { get; private set; } = [];

    public bool MayChange => current.May(Permission.ChangeSettings);

    public Tenant Tenant => current.Tenant;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        List = await HostNames.ListAsync(db, cancellationToken);
    }

    [Demands(Permission.ChangeSettings)]
    public async Task<IActionResult> OnPostAddAsync([FromForm] string? host, [FromForm] string? purpose, CancellationToken cancellationToken)
    {
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            if ((await HostNames.AddAsync(db, host ?? "", purpose == "portal", clock.GetUtcNow(), cancellationToken)).TryGet(out _, out var failure))
            {
                await db.CommitAsync(cancellationToken);
                return RedirectToPage();
            }
            ModelState.AddModelError("host", failure.Message);
        }
        await OnGetAsync(cancellationToken);
        return Page();
    }

    [Demands(Permission.ChangeSettings)]
    public async Task<IActionResult> OnPostRemoveAsync([FromForm] string? host, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await HostNames.RemoveAsync(db, host ?? "", cancellationToken)) return NotFound();
        await db.CommitAsync(cancellationToken);
        return RedirectToPage();
    }
}
