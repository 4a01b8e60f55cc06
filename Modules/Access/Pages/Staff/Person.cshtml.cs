using Billing.Abstractions.Values;
using Billing.Access.Entrance;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages.Staff;

/// <summary>One person: role, sign-ins, invitation.</summary>
[Demands(Permission.ManagePeople)]
internal sealed class PersonModel(Invitations invitations, CurrentTenant current, TimeProvider clock) : PageModel
{
    public Person Person { get; private set; } = null!;

    public IReadOnlyList<Session> Sessions { get; private set; } = [];

    public IReadOnlyList<string> Roles => People.RolesOf(current.Tenant.Id, PersonKind.Staff);

    public Tenant Tenant => current.Tenant;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await People.FindAsync(db, new PersonId(id), cancellationToken) is not { } person) return NotFound();
        Person = person;
        Sessions = await Tenancy.Users.Sessions.ListAsync(db, person.Id, clock.GetUtcNow(), cancellationToken);
        return Page();
    }

    public Task<IActionResult> OnPostRoleAsync(long id, [FromForm] string? role, CancellationToken cancellationToken) =>
        DoAsync(id, (db, person) => People.GiveRoleAsync(db, person.Id, role ?? "", cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostDisableAsync(long id, CancellationToken cancellationToken) =>
        DoAsync(id, (db, person) => People.DisableAsync(db, person.Id, clock.GetUtcNow(), cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostEnableAsync(long id, CancellationToken cancellationToken) =>
        DoAsync(id, (db, person) => People.EnableAsync(db, person.Id, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostEndAsync(long id, CancellationToken cancellationToken) => DoAsync(id, async (db, person) =>
    {
        await Tenancy.Users.Sessions.EndAllAsync(db, person.Id, null, "ended by an admin", clock.GetUtcNow(), cancellationToken);
        db.Note(new Deed("people.sign-ins-ended", "person", new { person_id = person.Id.Value }));
        return person.Id;
    }, cancellationToken);

    public Task<IActionResult> OnPostInviteAsync(long id, CancellationToken cancellationToken) => DoAsync(id, async (db, person) =>
    {
        if (!person.IsEnabled) return new Failure("people.disabled", "Enable this person first.");
        await invitations.SendAsync(db, person, person.HasPassword ? LinkPurpose.Reset : LinkPurpose.Invitation, cancellationToken);
        db.Note(new Deed("people.link-sent", "person", new { person_id = person.Id.Value }));
        return person.Id;
    }, cancellationToken);

    public Task<IActionResult> OnPostFactorAsync(long id, CancellationToken cancellationToken) => DoAsync(id, async (db, person) =>
    {
        await db.ExecuteAsync($"update tenancy.credential set has_totp = false, totp_secret = null where person_id = {person.Id.Value}", cancellationToken);
        await db.ExecuteAsync($"delete from tenancy.recovery_code where person_id = {person.Id.Value}", cancellationToken);
        await Tenancy.Users.Sessions.EndAllAsync(db, person.Id, null, "second factor taken off", clock.GetUtcNow(), cancellationToken);
        db.Note(new Deed("people.second-factor-taken-off", "person", new { person_id = person.Id.Value }));
        return person.Id;
    }, cancellationToken);

    private async Task<IActionResult> DoAsync(long id, Func<TenantDb, Person, Task<Result<PersonId>>> work, CancellationToken cancellationToken)
    {
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            if (await People.FindAsync(db, new PersonId(id), cancellationToken) is not { } person) return NotFound();
            if ((await work(db, person)).TryGet(out _, out var failure))
            {
                await db.CommitAsync(cancellationToken);
                return LocalRedirect($"~/people/{id}");
            }
            ModelState.AddModelError("", failure.Message);
        }
        return await OnGetAsync(id, cancellationToken);
    }
}
