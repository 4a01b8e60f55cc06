using System.Globalization;
using Billing.Access.Entrance;
using Billing.Access.Identity;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages.Account;

/// <summary>Switches the second factor on and off. Either takes the password again: a browser that was left open is not enough.</summary>
[SignedIn]
internal sealed class SecondFactorModel(FrontDoor door, Identity.Users users, CurrentTenant current, TimeProvider clock) : PageModel
{
    private const int NumberOfCodes = 10;

    public bool IsOn { get; private set; }

    public int Left { get; private set; }

    public string Key { get; private set; } = "";

    public string Picture { get; private set; } = "";

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (current.Support is not null) return LocalRedirect("/operator/account/second-factor");
        await ShowAsync(await MeAsync());
        return Page();
    }

    public async Task<IActionResult> OnPostOnAsync([FromForm] string? code, [FromForm] string? password, CancellationToken cancellationToken)
    {
        var user = await MeAsync();
        if (current.Support is null && !user.HasTotp && await IsPasswordAsync(user, password, cancellationToken))
        {
            if (await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code is { Length: < 20 } ? code : ""))
            {
                await users.SetTwoFactorEnabledAsync(user, true);
                Codes = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, NumberOfCodes) ?? []];
                await NoteAsync("people.second-factor-on", endOthers: true, cancellationToken);
                return Page();
            }
            ModelState.AddModelError("code", "This code is not right. Is the telephone's clock right?");
        }
        await ShowAsync(user);
        return Page();
    }

    public async Task<IActionResult> OnPostCodesAsync([FromForm] string? password, CancellationToken cancellationToken)
    {
        var user = await MeAsync();
        if (current.Support is null && user.HasTotp && await IsPasswordAsync(user, password, cancellationToken))
        {
            Codes = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, NumberOfCodes) ?? []];
            await NoteAsync("people.recovery-codes-made", endOthers: false, cancellationToken);
            return Page();
        }
        await ShowAsync(user);
        return Page();
    }

    public async Task<IActionResult> OnPostOffAsync([FromForm] string? password, CancellationToken cancellationToken)
    {
        var user = await MeAsync();
        if (current.Support is null && user.HasTotp && await IsPasswordAsync(user, password, cancellationToken))
        {
            await users.SetTwoFactorEnabledAsync(user, false);
            await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 0);
            await NoteAsync("people.second-factor-off", endOthers: true, cancellationToken);
            return LocalRedirect("~/account");
        }
        await ShowAsync(user);
        return Page();
    }

    private async Task<SignInPerson> MeAsync() => (await users.FindByIdAsync(current.Person!.Id.Value.ToString(CultureInfo.InvariantCulture)))!;

    private async Task<bool> IsPasswordAsync(SignInPerson user, string? password, CancellationToken cancellationToken)
    {
        var what = $"present:{user.Person.Id.Value}";
        if (!await door.MayTryAsync(what, cancellationToken)) ModelState.AddModelError("password", "Too many attempts. Wait a while and try again.");
        else if (password is null or { Length: > PasswordRule.MaximumLength } || !await users.CheckPasswordAsync(user, password)) ModelState.AddModelError("password", "This is not your password.");
        else
        {
            await door.ForgetAsync(what, cancellationToken);
            return true;
        }
        return false;
    }

    private async Task NoteAsync(string action, bool endOthers, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (endOthers) await Sessions.EndAllAsync(db, current.Person!.Id, current.Session!.Id, "second factor changed", clock.GetUtcNow(), cancellationToken);
        db.Note(new Deed(action, "person", new { person_id = current.Person!.Id.Value }));
        await db.CommitAsync(cancellationToken);
    }

    private async Task ShowAsync(SignInPerson user)
    {
        if (current.Support is not null) return;
        IsOn = user.HasTotp;
        if (IsOn)
        {
            Left = await users.CountRecoveryCodesAsync(user);
            return;
        }
        if (await users.GetAuthenticatorKeyAsync(user) is not { } key)
        {
            await users.ResetAuthenticatorKeyAsync(user);
            key = (await users.GetAuthenticatorKeyAsync(user))!;
        }
        Key = string.Join(' ', key.Chunk(4).Select(part => new string(part)));
        var (house, email) = (Uri.EscapeDataString(current.Tenant.Name), Uri.EscapeDataString(user.Person.Email));
        Picture = QrPicture.Svg($"otpauth://totp/{house}:{email}?secret={key}&issuer={house}", "QR code with the key below");
    }
}
