using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Portal.Pages.Portal;

/// <summary>Whom to ask, how to complain, and what is kept for how long.</summary>
[Demands(Permission.UsePortal)]
internal sealed class HelpModel : PageModel;
