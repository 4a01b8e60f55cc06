using Billing.Access.Entrance;
using Billing.Screens;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages.Staff;

/// <summary>Who works here, and inviting somebody.</summary>
[Demands(Permission.ManagePeople)]
internal sealed class IndexModel(Invitations invitations, CurrentTenant current, TimeProvider clock) : PageModel
{
    public IReadOnlyList<Person> List { get; private set; } = [];

    public IReadOnlyList<string> Roles => People.RolesOf(current.Tenant.Id, PersonKind.Staff);

    public string? Chosen { get; private set; }

    public Tenant Tenant => current.Tenant;

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync([FromForm] string? email, [FromForm] string? name, [FromForm] string? role, CancellationToken cancellationToken)
    {
        Chosen = role;
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            if ((await People.AddAsync(db, PersonKind.Staff, email ?? "", name ?? "", role ?? "", null, clock.GetUtcNow(), cancellationToken)).TryGet(out var id, out var failure))
            {
                await invitations.SendAsync(db, (await People.FindAsync(db, id, cancellationToken))!, LinkPurpose.Invitation, cancellationToken);
                await db.CommitAsync(cancellationToken);
                return RedirectToPage();
            }
            ModelState.AddModelError(failure.Code switch { "people.bad-email" or "people.taken" => "email", "people.no-name" => "name", _ => "role" }, failure.Message);
        }
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        List = await People.ListAsync(db, PersonKind.Staff, cancellationToken);
    }
}
