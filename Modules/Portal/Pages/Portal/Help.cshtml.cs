using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Portal.Pages.Portal;

/// <summary>Whom to ask, how to complain, and what is kept for how long: also for those who can't sign in.</summary>
[OpenToAll]
internal sealed class HelpModel(CurrentTenant current) : PageModel
{
    public IActionResult OnGet() => current.IsPortal || current.May(Permission.UsePortal) ? Page() : NotFound();
}
