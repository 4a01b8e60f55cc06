using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages.Settings;

/// <summary>Lets the operator's people in, or not, and shows them out.</summary>
[Demands(Permission.GrantSupport)]
internal sealed class SupportModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    public static IReadOnlyList<(int Hours, string Words)> Times { get; } = [(1, "1 hour"), (4, "4 hours"), (24, "1 day"), (72, "3 days"), (168, "7 days")];

    public IReadOnlyList<SupportAccess> List { get; private set; } = [];

    public Tenant Tenant => current.Tenant;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await SupportDesk.CloseAsync(db, clock.GetUtcNow(), cancellationToken) > 0) await db.CommitAsync(cancellationToken);
        await using var fresh = await current.BeginAsync(cancellationToken);
        List = await SupportDesk.ListAsync(fresh, clock.GetUtcNow(), cancellationToken);
    }

    public Task<IActionResult> OnPostGrantAsync([FromForm] long id, [FromForm] string? role, [FromForm] int hours, CancellationToken cancellationToken) =>
        DoAsync(db => SupportDesk.GrantAsync(db, id, role ?? "", TimeSpan.FromHours(hours), clock.GetUtcNow(), cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostRefuseAsync([FromForm] long id, CancellationToken cancellationToken) =>
        DoAsync(db => SupportDesk.RefuseAsync(db, id, clock.GetUtcNow(), cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostEndAsync([FromForm] long id, CancellationToken cancellationToken) =>
        DoAsync(db => SupportDesk.EndAsync(db, id, clock.GetUtcNow(), cancellationToken), cancellationToken);

    private async Task<IActionResult> DoAsync<T>(Func<TenantDb, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            if ((await work(db)).TryGet(out _, out var failure))
            {
                await db.CommitAsync(cancellationToken);
                return RedirectToPage();
            }
            ModelState.AddModelError("", failure.Message);
        }
        await OnGetAsync(cancellationToken);
        return Page();
    }
}
