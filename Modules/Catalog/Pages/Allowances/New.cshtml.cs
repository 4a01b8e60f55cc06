using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Catalog.Allowances;
using Billing.Rating.Allowances;
using Billing.Screens;
using Billing.Screens.Forms;
using Billing.Screens.Notices;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Catalog.Pages.Allowances;

/// <summary>An allowance is added.</summary>
[Demands(Permission.ChangeTariffs)]
internal sealed class NewModel(CurrentTenant current) : PageModel
{
    private const long Mega = 1_000_000;

    [BindProperty]
    public AllowanceInput Input { get; set; } = new() { Voice = true, Pool = "account", Crossing = "split", FirstPeriod = "prorated" };

    public static IEnumerable<SelectListItem> Pools { get; } = [new("all services of the account", "account"), new("the services of a site", "site"), new("nobody: each service has its own", "service")];

    public static IEnumerable<SelectListItem> Crossings { get; } = [new("is split: the rest is charged", "split"), new("is charged whole", "fits-only"), new("is free: it is the last one", "last-free")];

    public static IEnumerable<SelectListItem> FirstPeriods { get; } = [new("as much as its days are worth", "prorated"), new("all of it", "full")];

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();
        CdrKind[] kinds = [.. new[] { (Input.Voice, CdrKind.Voice), (Input.Sms, CdrKind.Sms), (Input.Data, CdrKind.Data) }.Where(kind => kind.Item1).Select(kind => kind.Item2)];
        if (kinds.Length == 0) ModelState.AddModelError("Input.Voice", "Say what it covers: calls, text messages or data.");
        var code = (Input.Code ?? "").Trim();
        var allowance = new Allowance((Input.Name ?? "").Trim(), AllowanceBook.LimitsOf(Input.Minutes * 60, Input.Messages, Input.Megabytes * Mega, Input.Calls, Input.Money),
            new Coverage(kinds.Length == 3 ? [] : kinds, Names(Input.Destinations), Names(Input.Except)), AllowanceWords.PoolOf(Input.Pool) ?? AllowancePool.Account,
            AllowanceWords.CrossingOf(Input.Crossing) ?? CrossingPolicy.Split, Input.CountsActual, Input.ChargesSetup, Input.LongestMinutes * 60, Input.FirstPeriod == "full" ? PartPeriod.Full : PartPeriod.Prorated);
        foreach (var failure in AllowanceBook.Check(code, allowance)) ModelState.Refuse(failure, Input);
        if (!ModelState.IsValid) return Page();
        await using var db = await current.BeginAsync(cancellationToken);
        if (!(await AllowanceBook.AddAsync(db, code, allowance, cancellationToken)).TryGet(out var id, out var refused))
        {
            ModelState.Refuse(refused, Input);
            return Page();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"{allowance.Name} is saved. Include it in a product, or give it to an account.");
        return LocalRedirect(Url.Content(string.Create(CultureInfo.InvariantCulture, $"~/allowances/{id.Value}")));
    }

    internal static IReadOnlyList<string> Names(string? lines) => [.. (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    internal sealed record AllowanceInput
    {
        public string? Code { get; init; }
        public string? Name { get; init; }
        public int? Minutes { get; init; }
        public int? Messages { get; init; }
        public int? Megabytes { get; init; }
        public int? Calls { get; init; }
        public decimal? Money { get; init; }
        public string? FirstPeriod { get; init; }
        public bool Voice { get; init; }
        public bool Sms { get; init; }
        public bool Data { get; init; }
        public string? Destinations { get; init; }
        public string? Except { get; init; }
        public string? Pool { get; init; }
        public string? Crossing { get; init; }
        public bool CountsActual { get; init; }
        public bool ChargesSetup { get; init; }
        public int? LongestMinutes { get; init; }
    }
}
