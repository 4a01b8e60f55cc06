using Billing.Access.Entrance;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages;

/// <summary>The second factor, after the password. Six digits are of an app, anything else is a recovery code.</summary>
[OpenToAll]
internal sealed class SignInCodeModel(FrontDoor door, Identity.Users users, CurrentTenant current) : PageModel
{
    public string Return { get; private set; } = "/";

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "return")] string? back, CancellationToken cancellationToken)
    {
        Return = LocalAddress.Of(back);
        return current.IsKnown && await door.FindHalfAsync(cancellationToken) is not null ? Page() : LocalRedirect("~/sign-in");
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? code, [FromForm(Name = "return")] string? back, CancellationToken cancellationToken)
    {
        Return = LocalAddress.Of(back);
        if (!current.IsKnown || await door.FindHalfAsync(cancellationToken) is not { } user) return LocalRedirect("~/sign-in");
        var what = $"code:{user.Person.Id.Value}";
        var typed = code is { Length: < 100 } ? code.Trim() : "";
        if (!await door.MayTryAsync(what, cancellationToken))
        {
            ModelState.AddModelError("", "Too many attempts. Wait a while and try again.");
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Page();
        }
        var isApp = typed.Count(char.IsAsciiDigit) == 6 && typed.All(c => char.IsAsciiDigit(c) || c == ' ');
        var isRight = isApp
            ? await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, typed)
            : (await users.RedeemTwoFactorRecoveryCodeAsync(user, typed)).Succeeded;
        if (!isRight)
        {
            ModelState.AddModelError("code", "This code is not right, or was used before. Each code is good once.");
            return Page();
        }
        await door.ForgetAsync(what, cancellationToken);
        if (!isApp)
        {
            await using var db = await current.BeginAsync(cancellationToken);
            db.Note(new Deed("people.recovery-code-used", "person", new { person_id = user.Person.Id.Value }));
            await db.CommitAsync(cancellationToken);
        }
        if (current.Tenant.SuspendedWhy is not null && !current.IsInstallation) return LocalRedirect("~/sign-in");
        await door.BeginAsync(user.Person, isOpen: true, cancellationToken);
        return LocalRedirect("~" + Return);
    }
}
