using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.CarrierCharges;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CarrierCharges;

/// <summary>What carriers charge and nobody is known for, by cause (ERR-5); and what was decided by hand, with a way back.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class ErrorsModel(CurrentTenant current) : PageModel
{
    public IReadOnlyList<ChargeErrorGroup> Causes { get; private set; } = [];

    public IReadOnlyList<ChargeRuling> Rulings { get; private set; } = [];

    public bool MayMend => current.May(Permission.MendUsage);

    /// <summary>A text with its numbers as whoever asks may see them.</summary>
    public string? Shown(string? text) => MayMend ? text : MaskedText.Of(text);

    /// <summary>What causes come to, each currency by itself; credits are taken off.</summary>
    public string AtStake(IReadOnlyList<ChargeErrorGroup> causes)
    {
        var sums = causes.Where(c => c.Cause.Currency.Length > 0).GroupBy(c => c.Cause.Currency).OrderBy(g => g.Key != current.Tenant.Currency.Code).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => ChargeWords.Amount(g.Sum(c => c.Charges + c.Credits), g.Key)).ToList();
        return sums.Count == 0 ? "unknown" : (causes.Any(c => c.LinesWithoutAmount > 0) ? "at least " : "") + string.Join(" and ", sums);
    }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Causes = await ChargeDesk.LoadAsync(db, cancellationToken);
        Rulings = await ChargeDesk.RulingsAsync(db, cancellationToken);
    }

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostMatchAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var outcome = await ChargeMatching.RunAsync(db, null, cancellationToken);
        db.Note(new Deed("carrier-charges.matched", "carrier-charge", new { All = true }, outcome));
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, outcome.Changed == 0 ? "Nothing changed: every line is matched as the owners of now say." : $"{Written.Counted(outcome.Allocated, "line has", "lines have")} an owner now; {Written.Counted(outcome.Lost, "line has", "lines have")} none any more.");
        return Redirect(Url.Content("~/carrier-charges/errors"));
    }

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostUndoAsync(long ruling, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var back = await ChargeDesk.UndoAsync(db, ruling, cancellationToken);
        if (back is not null) await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, back is { } lines ? $"Undone. {Written.Counted(lines, "line is", "lines are")} matched as if nothing had been decided." : "That is undone already.");
        return Redirect(Url.Content("~/carrier-charges/errors"));
    }
}
