using System.Text.RegularExpressions;
using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages.Operator;

/// <summary>The tenants of the installation, and opening one.</summary>
[Demands(Permission.Operate)]
internal sealed partial class TenantsModel(CurrentTenant current, TenantDirectory directory) : PageModel
{
    public IReadOnlyList<TenantName> List { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => List = await directory.ListAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync([FromForm] TenantForm form, CancellationToken cancellationToken)
    {
        List = await directory.ListAsync(cancellationToken);
        var slug = form.Slug?.Trim() ?? "";
        if (!Slug().IsMatch(slug) || slug == TenantDirectory.ReservedSlug) ModelState.AddModelError("slug", "A short name has 2 to 63 lower case letters, digits and dashes, and begins with a letter or digit.");
        else if (List.Any(tenant => tenant.Slug == slug)) ModelState.AddModelError("slug", $"There is a tenant '{slug}' already.");
        Need("name", form.Name, "A tenant needs a trading name.");
        Need("legalName", form.LegalName, "An invoice has to name the company that issues it.");
        Need("address", form.Address, "An invoice has to show the company's address.");
        if (form.Country is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z']) ModelState.AddModelError("country", "A country is two capital letters, such as GB.");
        if (!Currency.Parse(form.Currency ?? "").TryGet(out _, out var unknown)) ModelState.AddModelError("currency", unknown.Message);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(form.TimeZone ?? "", out _)) ModelState.AddModelError("timeZone", "This is no time zone such as Europe/London.");
        if (!ModelState.IsValid) return Page();

        await directory.OpenAsync(new NewTenant(slug, form.Name!.Trim(), form.LegalName!.Trim(), [.. form.Address!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)], form.Country!,
            Empty(form.CompanyNumber), Empty(form.VatNumber), form.Currency!, form.TimeZone!, new Brand(null, "#33516e", "#33516e", null, null, null, [], null)), cancellationToken);
        await using var db = await current.BeginAsync(cancellationToken);
        db.Note(new Deed("tenants.opened", "tenant", new { Slug = slug }));
        await db.CommitAsync(cancellationToken);
        return LocalRedirect($"~/tenants/{slug}");
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private void Need(string field, string? value, string why)
    {
        if (string.IsNullOrWhiteSpace(value)) ModelState.AddModelError(field, why);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,62}$")]
    private static partial Regex Slug();
}
