using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Portal.Pages.Settings;

/// <summary>Who issues the bills: names, address, registrations, currency, clock, terms.</summary>
[Demands(Permission.ViewSettings)]
internal sealed class CompanyModel(CurrentTenant current) : PageModel
{
    [BindProperty]
    public CompanyForm Form { get; set; } = new();

    /// <summary>Invoices exist, so the currency and the time zone stay.</summary>
    public bool IsHeld { get; private set; }

    public bool MayChange => current.May(Permission.ChangeSettings);

    public IEnumerable<SelectListItem> Zones => TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId && (zone.Id.Contains('/', StringComparison.Ordinal))).Select(zone => zone.Id).Append(Form.TimeZone)
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => new SelectListItem(id, id));

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        IsHeld = await IsHeldAsync(db, cancellationToken);
        Form = CompanyForm.Of(current.Tenant);
    }

    [Demands(Permission.ChangeSettings)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        IsHeld = await IsHeldAsync(db, cancellationToken);
        // Empty fields come as null; the checks below say it better than the binder.
        foreach (var name in ModelState.Where(entry => entry.Value?.AttemptedValue is null or "").Select(entry => entry.Key).ToList()) ModelState.Remove(name);
        if (!ModelState.IsValid) return Page();
        var details = Form.ToDetails(current.Tenant, IsHeld);
        foreach (var wrong in details.Check()) ModelState.AddModelError(CompanyForm.MemberOf(wrong.Field), wrong.Message);
        if (!ModelState.IsValid) return Page();
        if (!(await TenantSettings.ChangeCompanyAsync(db, Form.Version, details, cancellationToken)).TryGet(out _, out var failure))
        {
            ModelState.AddModelError(CompanyForm.MemberOf(failure.Field), failure.Message);
            return Page();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, "The company's details are saved. Bills from now on carry them; those that were posted stay as they are.");
        return LocalRedirect("~/settings/company");
    }

    private static Task<bool> IsHeldAsync(TenantDb db, CancellationToken cancellationToken) => db.ScalarAsync<bool>($"select exists (select from invoicing.invoice)", cancellationToken);
}
