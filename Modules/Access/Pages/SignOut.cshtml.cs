using Billing.Access.Entrance;
using Billing.Screens;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages;

/// <summary>Ends the sign-in of this browser. A form, not a link: another site could make a browser follow a link.</summary>
[SignedIn]
internal sealed class SignOutModel(FrontDoor door, CurrentTenant current) : PageModel
{
    public string Name => current.Actor.Name;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (current.Support is not null) return LocalRedirect("/operator/sign-out");
        await door.SignOutAsync(cancellationToken);
        return LocalRedirect("~/sign-in");
    }
}
