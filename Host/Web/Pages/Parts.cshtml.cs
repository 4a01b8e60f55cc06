using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Screens.Notices;
using Billing.Screens.Parts;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Host.Web.Pages;

/// <summary>Every part of our pages in every state, with made-up figures: what a new page is put together from, and where a change of style is looked at.</summary>
[Demands(Permission.ViewDashboard)]
internal sealed class PartsModel : PageModel
{
    private const int LastStep = 5;

    public static IReadOnlyList<ListColumn> Columns { get; } = [new("name", "Name"), new("net", "Net")];

    public PartsForm Form { get; } = new();

    public ListPage<(string Number, string Name, decimal Net)> Rows { get; private set; } = null!;

    /// <summary>How far the made-up work is.</summary>
    public int Step { get; private set; }

    public bool IsOver => Step >= LastStep;

    public int Percent => Step * 100 / LastStep;

    public static IEnumerable<SelectListItem> PaymentMethods => [new("Bank transfer", "bank-transfer"), new("Direct Debit", "direct-debit"), new("Card", "card")];

    public static Failure SampleFailure { get; } = new("cdr.known", "These bytes came in on 1 Nov 2026 as october_cdr.csv.");

    public static ChartData Months { get; } = new("Month", ["Aug 2026", "Sep 2026", "Oct 2026"], [new("Net", [1180, 1320.5m, 1290], "billed"), new("VAT", [236, 264.1m, 258], "zero")], value => Written.Amount(value, Currency.Gbp));

    public static ChartData Days { get; } = new("Day", ["1 Oct", "2 Oct", "3 Oct", "4 Oct", "5 Oct"], [new("Charge", [40, 55, 52, 12, 9], "billed"), new("Cost", [22, 31, 30, 7, 5], "waiting")], value => Written.Amount(value, Currency.Gbp));

    public static ChartData Destinations { get; } = new("Destination", ["UK mobile", "France", "Inmarsat (all services and countries)"], [new("Charge", [310, 95, 20])], value => Written.Amount(value, Currency.Gbp));

    public static ChartData States { get; } = new("State", ["Billed", "Error", "Duplicate"], [new("Lines", [19200, 310, 45])], Written.Number) { Colours = ["billed", "error", "duplicate"] };

    public static ChartData Nothing { get; } = new("Day", [], [], Written.Number);

    public IReadOnlyList<BarPart> Stack { get; } = [new("billed", "Billed", 80), new("error", "Error", 12), new("duplicate", "Duplicate", 8)];

    public void OnGet()
    {
        Show();
        ModelState.SetModelValue(nameof(Form) + "." + nameof(PartsForm.DueOn), "31/02/2026", "31/02/2026");
        ModelState.AddModelError(nameof(Form) + "." + nameof(PartsForm.DueOn), "31/02/2026 is no day. Write it as 28/02/2026, or choose it from the calendar.");
        ModelState.AddModelError(nameof(Form) + "." + nameof(PartsForm.Name), "Give the account a name: it stands on every bill.");
    }

    /// <summary>The progress alone, one step further; a made-up work ends after a few.</summary>
    public IActionResult OnGetProgress(int step)
    {
        Step = Math.Clamp(step + 1, 0, LastStep);
        return LiveFragment.IsAskedFor(Request) ? Partial("_PartsProgress", this) : RedirectToPage(new { handler = (string?)null });
    }

    /// <summary>Leaves a notice and comes back, as a page does after it has changed something.</summary>
    public IActionResult OnGetNotice()
    {
        Notice.Leave(HttpContext, "Account A001 is saved.");
        return RedirectToPage(new { handler = (string?)null });
    }

    private void Show()
    {
        (string, string, decimal)[] rows = [.. Enumerable.Range(1, 23).Select(i => ($"A{i:000}", $"Customer {i}", 100m + i * 7 % 31))];
        var query = ListQuery.Read(Request.Query, ["number", "name", "net"], 5, "state");
        IEnumerable<(string Number, string Name, decimal Net)> found = rows.Where(r => r.Item1.Contains(query.Search, StringComparison.OrdinalIgnoreCase) || r.Item2.Contains(query.Search, StringComparison.OrdinalIgnoreCase));
        found = query.Sort switch { "name" => found.OrderBy(r => r.Name, StringComparer.Ordinal), "net" => found.OrderBy(r => r.Net), _ => found.OrderBy(r => r.Number, StringComparer.Ordinal) };
        Rows = query.Cut([.. query.IsDescending ? found.Reverse() : found]);
    }
}
