using Billing.Access.Entrance;
using Billing.Access.Identity;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages.Account;

/// <summary>A person's own name, password and sign-ins.</summary>
[SignedIn]
internal sealed class IndexModel(FrontDoor door, Identity.Users users, CurrentTenant current, TimeProvider clock) : PageModel
{
    public Person Me { get; private set; } = null!;

    public IReadOnlyList<Session> Sessions { get; private set; } = [];

    public long Here => current.Session!.Id;

    public Tenant Tenant => current.Tenant;

    public string? Done { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? done, CancellationToken cancellationToken)
    {
        // An operator's account is the installation's, wherever they visit.
        if (current.Support is not null) return LocalRedirect("/operator/account");
        Done = done switch { "name" => "Your name is changed.", "password" => "Your password is changed; other sign-ins have ended.", "ended" => "The sign-in has ended.", _ => null };
        await LoadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostNameAsync([FromForm] string? name, CancellationToken cancellationToken)
    {
        if (current.Support is not null) return Forbidden();
        await using var db = await current.BeginAsync(cancellationToken);
        if (!(await People.RenameAsync(db, current.Person!.Id, name ?? "", cancellationToken)).TryGet(out _, out var failure)) return await AgainAsync("name", failure.Message, cancellationToken);
        await db.CommitAsync(cancellationToken);
        return RedirectToPage(new { done = "name" });
    }

    public async Task<IActionResult> OnPostPasswordAsync([FromForm(Name = "current")] string? present, [FromForm] string? password, [FromForm] string? again, CancellationToken cancellationToken)
    {
        if (current.Support is not null) return Forbidden();
        var me = current.Person!;
        var what = $"present:{me.Id.Value}";
        var user = (await users.FindByIdAsync(me.Id.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)))!;
        if (!await door.MayTryAsync(what, cancellationToken)) return await AgainAsync("current", "Too many attempts. Wait a while and try again.", cancellationToken);
        if (present is null or { Length: > PasswordRule.MaximumLength } || !await users.CheckPasswordAsync(user, present)) return await AgainAsync("current", "This is not your present password.", cancellationToken);
        await door.ForgetAsync(what, cancellationToken);
        await PasswordForm.CheckAsync(ModelState, users, user, password, again);
        if (!ModelState.IsValid) return await AgainAsync(null, null, cancellationToken);

        user.PasswordHash = users.PasswordHasher.HashPassword(user, password!);
        (user.PasswordSetAt, user.Stamp) = (clock.GetUtcNow(), RandomKey.Make());
        await using var db = await current.BeginAsync(cancellationToken);
        await PersonStore.SaveAsync(db, user, cancellationToken);
        await Tenancy.Users.Sessions.EndAllAsync(db, me.Id, Here, "password changed", clock.GetUtcNow(), cancellationToken);
        await OneTimeLinks.WithdrawAsync(db, me.Id, clock.GetUtcNow(), cancellationToken);
        db.Note(new Deed("people.password-changed", "person", new { person_id = me.Id.Value }));
        await db.CommitAsync(cancellationToken);
        return RedirectToPage(new { done = "password" });
    }

    public async Task<IActionResult> OnPostEndAsync([FromForm] long session, CancellationToken cancellationToken)
    {
        if (current.Support is not null) return Forbidden();
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await Tenancy.Users.Sessions.EndAsync(db, current.Person!.Id, session, "ended by its owner", clock.GetUtcNow(), cancellationToken)) return NotFound();
        db.Note(new Deed("people.sign-in-ended", "person", new { person_id = current.Person.Id.Value }));
        await db.CommitAsync(cancellationToken);
        return RedirectToPage(new { done = "ended" });
    }

    private static StatusCodeResult Forbidden() => new(StatusCodes.Status403Forbidden);

    private async Task<IActionResult> AgainAsync(string? field, string? why, CancellationToken cancellationToken)
    {
        if (field is not null) ModelState.AddModelError(field, why!);
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Me = (await People.FindAsync(db, current.Person!.Id, cancellationToken))!;
        Sessions = await Tenancy.Users.Sessions.ListAsync(db, Me.Id, clock.GetUtcNow(), cancellationToken);
    }
}
