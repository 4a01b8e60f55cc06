using System.Globalization;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.Guards;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>One carrier's guard: added, changed, removed.</summary>
[Demands(Permission.ImportUsage)]
internal sealed class GuardModel(CurrentTenant current, CdrFormatCatalog plugins) : PageModel
{
    private const string New = "new";

    public VolumeGuard? Stored { get; private set; }

    [BindProperty]
    public GuardInput Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Carriers { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string guard, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, guard, cancellationToken)) return NotFound();
        if (Stored is not null)
            Input = new GuardInput { Carrier = Stored.Carrier, Files = Stored.Files, LinesPercent = Stored.LinesPercent, CostPercent = Stored.CostPercent, PricePercent = Stored.PricePercent, Version = Stored.Version };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string guard, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, guard, cancellationToken)) return NotFound();
        var wanted = new VolumeGuard(Input.Carrier ?? "", Input.Files ?? 0, Input.LinesPercent, Input.CostPercent, Input.PricePercent) { Id = Stored?.Id ?? 0, Version = Input.Version };
        if (ModelState.IsValid)
            foreach (var (member, failure) in wanted.Check()) ModelState.AddModelError("Input." + member, failure.Message);
        if (!ModelState.IsValid) return Refused();
        if (!(await GuardBook.SaveAsync(db, wanted, cancellationToken)).TryGet(out var saved, out var refused))
        {
            ModelState.AddModelError("", refused.Message);
            return Refused();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"The files of {saved.Carrier} are guarded.");
        return Redirect(Url.Content("~/cdrs/guards"));
    }

    public async Task<IActionResult> OnPostRemoveAsync(string guard, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, guard, cancellationToken) || Stored is null) return NotFound();
        if (await GuardBook.RemoveAsync(db, Stored.Id, Input.Version, cancellationToken) is { } refused)
        {
            ModelState.Clear();
            ModelState.AddModelError("", refused.Message);
            return Refused();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"The files of {Stored.Carrier} are guarded no longer.");
        return Redirect(Url.Content("~/cdrs/guards"));
    }

    private PageResult Refused()
    {
        Response.StatusCode = 422;
        return Page();
    }

    private async Task<bool> FindAsync(TenantDb db, string guard, CancellationToken cancellationToken)
    {
        if (guard != New && (!long.TryParse(guard, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || (Stored = await GuardBook.FindAsync(db, id, cancellationToken)) is null)) return false;
        var carriers = (await DescribedCarriers.FormatsAsync(db, plugins, cancellationToken)).Formats.Select(format => format.Info.Carrier).Append(Stored?.Carrier ?? "").Where(name => name.Length > 0);
        Carriers = [.. carriers.Distinct().Order(StringComparer.OrdinalIgnoreCase).Select(name => new SelectListItem(name, name))];
        return true;
    }

    internal sealed record GuardInput
    {
        public string? Carrier { get; init; }

        public int? Files { get; init; } = 8;

        public int? LinesPercent { get; init; }

        public int? CostPercent { get; init; }

        public int? PricePercent { get; init; }

        public int Version { get; init; }
    }
}
