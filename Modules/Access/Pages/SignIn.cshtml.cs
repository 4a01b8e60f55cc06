using Billing.Access.Entrance;
using Billing.Screens;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages;

/// <summary>Address and password. What is said about a wrong one is the same whether anybody has that address or not.</summary>
[OpenToAll]
internal sealed class SignInModel(FrontDoor door, CurrentTenant current, TimeProvider clock) : PageModel
{
    private const int LongestInput = 1000;

    public string Return { get; private set; } = "/";

    public IActionResult OnGet([FromQuery(Name = "return")] string? back)
    {
        if (!current.IsKnown) return NotFound();
        Return = LocalAddress.Of(back);
        return current.Person is not null && current.Support is null ? LocalRedirect("~" + Return) : Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? email, [FromForm] string? password, [FromForm(Name = "return")] string? back, CancellationToken cancellationToken)
    {
        if (!current.IsKnown) return NotFound();
        Return = LocalAddress.Of(back);
        if (string.IsNullOrWhiteSpace(email)) ModelState.AddModelError("email", "Enter your email address.");
        if (string.IsNullOrEmpty(password)) ModelState.AddModelError("password", "Enter your password.");
        if (email?.Length > LongestInput || password?.Length > LongestInput) ModelState.AddModelError("", "That is too long.");
        if (!ModelState.IsValid) return Page();
        switch (await door.TryPasswordAsync(email!, password!, cancellationToken))
        {
            case SignInAnswer.Open:
                return LocalRedirect("~" + Return);
            case SignInAnswer.Half:
                return LocalRedirect("~/sign-in/code" + Microsoft.AspNetCore.Http.QueryString.Create("return", Return));
            case SignInAnswer.Wait:
                var minutes = Math.Max(1, (int)Math.Ceiling((door.WaitUntil - clock.GetUtcNow()).TotalMinutes));
                ModelState.AddModelError("", $"Too many attempts. Wait {Written.Counted(minutes, "minute", "minutes")} and try again.");
                Response.StatusCode = Microsoft.AspNetCore.Http.StatusCodes.Status429TooManyRequests;
                break;
            case SignInAnswer.Suspended:
                ModelState.AddModelError("", Gate.Suspended(current, current.Tenant.SuspendedWhy!));
                break;
            default:
                ModelState.AddModelError("", "The email address or the password is not right.");
                break;
        }
        return Page();
    }
}
