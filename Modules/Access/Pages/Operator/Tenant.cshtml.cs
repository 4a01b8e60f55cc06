using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages.Operator;

/// <summary>One tenant as the operator sees it: that it is there, and how to be let in. Nothing of its data.</summary>
[Demands(Permission.Operate)]
internal sealed class TenantModel(CurrentTenant current, TenantDirectory directory, Database database, TimeProvider clock) : PageModel
{
    public Tenant Tenant { get; private set; } = null!;

    public SupportAccess? Stay { get; private set; }

    public bool IsAsked { get; private set; }

    /// <summary>Somebody of the tenant has set a password; from then on its people are its own affair.</summary>
    public bool HasPeople { get; private set; }

    /// <summary>The first admin's one-time link, in the answer that made it only.</summary>
    public string? Link { get; private set; }

    // As the tenant's audit trail names whoever did it.
    private Actor Operator => new(ActorKind.Support, current.Person!.Id.Value, current.Person.Name);

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellationToken) => await LoadAsync(slug, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAskAsync(string slug, [FromForm] string? reason, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(slug, cancellationToken)) return NotFound();
        await using var db = await database.BeginAsync(Tenant.Id, Operator, cancellationToken);
        if (!(await SupportDesk.RequestAsync(db, current.Person!, reason ?? "", clock.GetUtcNow(), cancellationToken)).TryGet(out _, out var failure))
        {
            ModelState.AddModelError("reason", failure.Message);
            return Page();
        }
        await db.CommitAsync(cancellationToken);
        return LocalRedirect($"~/tenants/{slug}");
    }

    public async Task<IActionResult> OnPostEndAsync(string slug, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(slug, cancellationToken)) return NotFound();
        await using var db = await database.BeginAsync(Tenant.Id, Operator, cancellationToken);
        foreach (var mine in await MineAsync(db, cancellationToken)) await SupportDesk.EndAsync(db, mine.Id, clock.GetUtcNow(), cancellationToken);
        await db.CommitAsync(cancellationToken);
        return LocalRedirect($"~/tenants/{slug}");
    }

    public async Task<IActionResult> OnPostFirstAsync(string slug, [FromForm] string? email, [FromForm] string? name, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(slug, cancellationToken)) return NotFound();
        if (HasPeople) return BadRequest();
        var now = clock.GetUtcNow();
        await using var db = await database.BeginAsync(Tenant.Id, Operator, cancellationToken);
        // Once more for somebody who lost the first link.
        var id = EmailAddress.TryRead(email, out var address) && await People.FindAsync(db, PersonKind.Staff, address, cancellationToken) is { HasPassword: false, Role: Role.Admin, IsEnabled: true } known
            ? known.Id
            : await People.AddAsync(db, PersonKind.Staff, email ?? "", name ?? "", Role.Admin, null, now, cancellationToken);
        if (!id.TryGet(out var admin, out var failure))
        {
            ModelState.AddModelError(failure.Code == "people.no-name" ? "name" : "email", failure.Message);
            return Page();
        }
        var key = await OneTimeLinks.MakeAsync(db, admin, LinkPurpose.Invitation, now, cancellationToken);
        db.Note(new Deed("people.invited-by-operator", "person", new { person_id = admin.Value }));
        await db.CommitAsync(cancellationToken);
        Link = $"{Request.Scheme}://{Request.Host}/t/{slug}/set-password{Microsoft.AspNetCore.Http.QueryString.Create("key", key)}";
        return Page();
    }

    public async Task<IActionResult> OnPostSuspendAsync(string slug, [FromForm] string? why, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(slug, cancellationToken)) return NotFound();
        if (string.IsNullOrWhiteSpace(why))
        {
            ModelState.AddModelError("why", "Its people need to be told why.");
            return Page();
        }
        await directory.SuspendAsync(Tenant.Id, why.Trim(), Operator, clock.GetUtcNow(), cancellationToken);
        return LocalRedirect($"~/tenants/{slug}");
    }

    public async Task<IActionResult> OnPostResumeAsync(string slug, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(slug, cancellationToken)) return NotFound();
        await directory.ResumeAsync(Tenant.Id, Operator, cancellationToken);
        return LocalRedirect($"~/tenants/{slug}");
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(slug, cancellationToken) is not { } tenant) return false;
        Tenant = tenant;
        await using var db = await database.BeginAsync(tenant.Id, Operator, cancellationToken);
        var mine = await MineAsync(db, cancellationToken);
        (Stay, IsAsked) = (mine.Find(s => s.State == SupportState.Granted), mine.Exists(s => s.State == SupportState.Requested));
        HasPeople = (await People.ListAsync(db, PersonKind.Staff, cancellationToken)).Any(p => p.HasPassword);
        return true;
    }

    private async Task<List<SupportAccess>> MineAsync(TenantDb db, CancellationToken cancellationToken) =>
        (await SupportDesk.ListAsync(db, clock.GetUtcNow(), cancellationToken)).FindAll(s => s.Operator == current.Person!.Id && s.State is (SupportState.Granted or SupportState.Requested));
}
