using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Screens.Forms;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.Arrivals;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Usage.Pages.Arrivals;

/// <summary>One expected file: added, changed, removed.</summary>
[Demands(Permission.ImportUsage)]
internal sealed class PlanModel(CurrentTenant current, CdrFormatCatalog plugins, TimeProvider clock) : PageModel
{
    public const string NamesHelp = "A regular expression for the whole name. Only needed where a carrier sends several kinds of files, or where the name tells more: a group (?<date>…) says which hour, day or month "
        + @"a file is about, a group (?<number>…), which counts up by one, which files are missing. Example: GAM_(?<date>\d{8})_(?<number>\d+)\.csv";

    private const string New = "new";

    public ArrivalPlan? Stored { get; private set; }

    [BindProperty]
    public PlanInput Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Carriers { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Often { get; } = [new("each day", "Daily"), new("each hour", "Hourly"), new("each month", "Monthly")];

    public async Task<IActionResult> OnGetAsync(string plan, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, plan, cancellationToken)) return NotFound();
        Input = Stored is { Terms: var terms }
            ? new PlanInput
            {
                Carrier = terms.Carrier, Label = terms.Label, Every = terms.Every, DueHours = terms.DueMinutes / 60m, FromOn = terms.FromOn, NamePattern = terms.NamePattern, DateForm = terms.DateForm,
                Version = Stored.Version,
            }
            : new PlanInput { FromOn = current.Tenant.DayOf(clock.GetUtcNow()) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string plan, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, plan, cancellationToken)) return NotFound();
        if (Input.FromOn is null) ModelState.AddModelError("Input.FromOn", "Say from which day on a file is expected.");
        if (Input.DueHours is not { } hours || hours < 0 || hours > 744) ModelState.AddModelError("Input.DueHours", "Between 0 and 744 hours (31 days).");
        if (!ModelState.IsValid) return Refused();
        var terms = new ArrivalTerms(Input.Carrier ?? "", Input.Label?.Trim() ?? "", Input.Every, (int)(Input.DueHours!.Value * 60), Input.FromOn!.Value, Blank(Input.NamePattern), Blank(Input.DateForm));
        foreach (var (member, failure) in terms.Check()) ModelState.AddModelError("Input." + (member == nameof(ArrivalTerms.DueMinutes) ? nameof(PlanInput.DueHours) : member), failure.Message);
        if (!ModelState.IsValid) return Refused();
        if (!(await ArrivalBook.SaveAsync(db, Stored?.Id ?? 0, Input.Version, terms, cancellationToken)).TryGet(out var saved, out var refused))
        {
            ModelState.AddModelError("", refused.Message);
            return Refused();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"{saved.Terms.Label} of {saved.Terms.Carrier} are in the calendar.");
        return Redirect(Url.Content("~/cdrs/calendar"));
    }

    public async Task<IActionResult> OnPostRemoveAsync(string plan, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, plan, cancellationToken) || Stored is null) return NotFound();
        if (await ArrivalBook.RemoveAsync(db, Stored.Id, Input.Version, cancellationToken) is { } refused)
        {
            ModelState.Clear();
            ModelState.AddModelError("", refused.Message);
            return Refused();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"{Stored.Terms.Label} of {Stored.Terms.Carrier} are expected no longer.");
        return Redirect(Url.Content("~/cdrs/calendar"));
    }

    private PageResult Refused()
    {
        Response.StatusCode = 422;
        return Page();
    }

    private async Task<bool> FindAsync(TenantDb db, string plan, CancellationToken cancellationToken)
    {
        if (plan != New)
        {
            if (!long.TryParse(plan, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || (Stored = await ArrivalBook.FindAsync(db, id, cancellationToken)) is null) return false;
        }
        var carriers = (await DescribedCarriers.FormatsAsync(db, plugins, cancellationToken)).Formats.Select(format => format.Info.Carrier).Append(Stored?.Terms.Carrier ?? "").Where(name => name.Length > 0);
        Carriers = [.. carriers.Distinct().Order(StringComparer.OrdinalIgnoreCase).Select(name => new SelectListItem(name, name))];
        return true;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal sealed record PlanInput
    {
        public string? Carrier { get; init; }

        public string? Label { get; init; }

        public ArrivalEvery Every { get; init; } = ArrivalEvery.Daily;

        public decimal? DueHours { get; init; } = 12;

        public DateOnly? FromOn { get; init; }

        public string? NamePattern { get; init; }

        public string? DateForm { get; init; }

        public int Version { get; init; }
    }
}
