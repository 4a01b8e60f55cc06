using Billing.Access.Entrance;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages;

/// <summary>Sends a link to whoever has forgotten their password. The answer, and nearly the work, is the same for an address nobody has.</summary>
[OpenToAll]
internal sealed class ForgottenModel(FrontDoor door, Invitations invitations, CurrentTenant current) : PageModel
{
    public bool IsSent { get; private set; }

    public IActionResult OnGet() => current.IsKnown ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync([FromForm] string? email, CancellationToken cancellationToken)
    {
        if (!current.IsKnown) return NotFound();
        if (!EmailAddress.TryRead(email, out var address))
        {
            ModelState.AddModelError("email", "Enter an email address such as ann@example.com.");
            return Page();
        }
        IsSent = true;
        // Beyond the limit nothing is sent, and nothing else is said either.
        if (!await door.MayTryAsync($"reset:{current.Kind}:{EmailAddress.Key(address)}", cancellationToken)) return Page();
        await using var db = await current.BeginAsync(cancellationToken);
        if (await People.FindAsync(db, current.Kind, address, cancellationToken) is { IsEnabled: true } person)
        {
            await invitations.SendAsync(db, person, LinkPurpose.Reset, cancellationToken);
            db.Note(new Deed("people.reset-asked", "person", new { person_id = person.Id.Value }));
            await db.CommitAsync(cancellationToken);
        }
        else await invitations.PretendAsync(db, address, cancellationToken);
        return Page();
    }
}
