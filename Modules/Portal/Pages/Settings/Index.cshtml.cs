using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Portal.Pages.Settings;

/// <summary>Leads to the first page of the settings.</summary>
[Demands(Permission.ViewSettings)]
internal sealed class IndexModel : PageModel
{
    public IActionResult OnGet() => LocalRedirect("~/settings/company");
}
