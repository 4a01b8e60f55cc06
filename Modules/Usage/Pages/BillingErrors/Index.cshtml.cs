using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;
using Billing.Usage.Trend;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.BillingErrors;

/// <summary>What can't be billed, by cause, most money first; and what people took out of billing, with a way back.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class IndexModel(CurrentTenant current, ErrorRepair repair, IRunPeriods runs, TimeProvider clock) : PageModel
{
    private const int LatestMendings = 30;

    public IReadOnlyList<ErrorGroup> Causes { get; private set; } = [];

    /// <summary>Those of them that are asked for.</summary>
    public IReadOnlyList<ErrorGroup> Found { get; private set; } = [];

    /// <summary>The list as it is asked for.</summary>
    public ListQuery List { get; private set; } = null!;

    public bool MayExport => current.May(Permission.Export);

    public IReadOnlyList<Exclusion> Exclusions { get; private set; } = [];

    public IReadOnlyList<Mending> Mendings { get; private set; } = [];

    public IReadOnlyList<ExclusionRule> Rules { get; private set; } = [];

    public ChartData? Trend { get; private set; }

    public DateOnly Today => current.Tenant.DayOf(clock.GetUtcNow());

    /// <summary>A kind of mending in a word or two.</summary>
    public static string WhatWas(string kind) => kind switch
    {
        Remedy.Assign => "Assigned",
        Remedy.Rate => "Rate added",
        Remedy.Tariff => "Tariff given",
        "retry" => "Tried again",
        _ => "Priced again",
    };

    public bool MayMend => current.May(Permission.MendUsage);

    /// <summary>A text with its numbers as whoever asks may see them.</summary>
    public string? Shown(string? text) => MayMend ? text : MaskedText.Of(text);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Causes = await ErrorDesk.LoadAsync(db, cancellationToken);
        List = ListQuery.Read(Request.Query, CauseList.Sorts, int.MaxValue);
        Found = CauseList.Of(Causes, List, Shown);
        Exclusions = await ErrorDesk.ExclusionsAsync(db, cancellationToken);
        Mendings = await MendingBook.LoadAsync(db, LatestMendings, cancellationToken);
        Rules = await ExclusionRules.LoadAsync(db, cancellationToken);
        Trend = TrendModel.ChartOf(await ErrorTrend.LoadAsync(db, current.Tenant, TrendBy.Month, runs, cancellationToken), TrendBy.Month);
    }

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostUndoMendingAsync(long mending, CancellationToken cancellationToken)
    {
        var undone = await repair.UndoAsync(current.Tenant, current.Actor, mending, cancellationToken);
        Screens.Notices.Notice.Leave(HttpContext, undone.TryGet(out var back, out var failure) ? $"Undone: {Written.Counted(back, "call is", "calls are")} back among the errors." : failure.Message);
        return Redirect(Url.Content("~/errors#mended"));
    }

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostRevokeAsync(long rule, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var isRevoked = await ExclusionRules.RevokeAsync(db, rule, clock.GetUtcNow(), cancellationToken);
        await db.CommitAsync(cancellationToken);
        Screens.Notices.Notice.Leave(HttpContext, isRevoked ? "The rule is revoked. What it excluded stays so until somebody brings it back." : "That rule is revoked already.");
        return Redirect(Url.Content("~/errors#rules"));
    }

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostUndoAsync(string exclusion, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var said = "That exclusion is undone already.";
        if ((await ErrorDesk.ExclusionsAsync(db, cancellationToken)).FirstOrDefault(e => e.Key == exclusion) is { } found)
        {
            said = $"{Written.Counted(await ErrorDesk.UndoAsync(db, found, cancellationToken), "call is", "calls are")} back among the errors.";
            await db.CommitAsync(cancellationToken);
        }
        Screens.Notices.Notice.Leave(HttpContext, said);
        return Redirect(Url.Content("~/errors"));
    }
}
