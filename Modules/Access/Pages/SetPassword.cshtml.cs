using Billing.Access.Entrance;
using Billing.Access.Identity;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages;

/// <summary>Where a one-time link leads: an invited person's first password, or a forgotten one set anew. The link is used up by setting it, not by looking.</summary>
[OpenToAll]
internal sealed class SetPasswordModel(FrontDoor door, Identity.Users users, CurrentTenant current, Database database, TimeProvider clock) : PageModel
{
    public Person? Person { get; private set; }

    public string Key { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string? key, CancellationToken cancellationToken)
    {
        if (!current.IsKnown) return NotFound();
        await FindAsync(key, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? key, [FromForm] string? password, [FromForm] string? again, CancellationToken cancellationToken)
    {
        if (!current.IsKnown) return NotFound();
        if (await FindAsync(key, cancellationToken) is not { } user) return Page();
        await PasswordForm.CheckAsync(ModelState, users, user, password, again);
        if (!ModelState.IsValid) return Page();

        var now = clock.GetUtcNow();
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password!);
        (user.PasswordSetAt, user.Stamp) = (now, RandomKey.Make());
        await using var db = await database.BeginAsync(current.Tenant.Id, user.Person.Actor, cancellationToken);
        if (await OneTimeLinks.UseAsync(db, Key, now, cancellationToken) is null)
        {
            Person = null;
            return Page();
        }
        await PersonStore.SaveAsync(db, user, cancellationToken);
        await Sessions.EndAllAsync(db, user.Person.Id, null, "password changed", now, cancellationToken);
        await SignInGuard.ClearAsync(db, $"{current.Kind}:{EmailAddress.Key(user.Person.Email)}", cancellationToken);
        db.Note(new Deed("people.password-set", "person", new { person_id = user.Person.Id.Value }));
        var isSuspended = current.Tenant.SuspendedWhy is not null && !current.IsInstallation;
        if (!isSuspended) await door.BeginAsync(db, user.Person, isOpen: !user.HasTotp, cancellationToken);
        await db.CommitAsync(cancellationToken);
        return LocalRedirect(isSuspended ? "~/sign-in" : user.HasTotp ? "~/sign-in/code" : "~/");
    }

    private async Task<SignInPerson?> FindAsync(string? key, CancellationToken cancellationToken)
    {
        Key = key is { Length: < 100 } ? key : "";
        await using var db = await current.BeginAsync(cancellationToken);
        if (await OneTimeLinks.FindAsync(db, Key, clock.GetUtcNow(), cancellationToken) is not { } id) return null;
        if (await People.FindAsync(db, id, cancellationToken) is not { IsEnabled: true } person || person.Kind != current.Kind) return null;
        Person = person;
        return await PersonStore.LoadAsync(db, person, cancellationToken);
    }
}
