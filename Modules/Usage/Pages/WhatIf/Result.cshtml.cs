using System.Globalization;
using System.Text;
using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Screens.Notices;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Billing.Usage.WhatIf;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.WhatIf;

/// <summary>A replay: how far it is, and what it came to.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class ResultModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    /// <summary>Destinations shown; the file has all of them.</summary>
    public const int MostDestinations = 50;

    private const int MostDrawn = 10;
    private const int PageSize = 50;

    public StoredWhatIf Asked { get; private set; } = null!;

    public WhatIfOutcome Outcome { get; private set; } = null!;

    public ListPage<WhatIfAccount> Accounts { get; private set; } = null!;

    /// <summary>The accounts that would pay most more and most less.</summary>
    public ChartData Changes { get; private set; } = null!;

    /// <summary>Accounts that pay more or less and have no bar.</summary>
    public int NotDrawn { get; private set; }

    public ChartData ByMonth { get; private set; } = null!;

    public bool MayAsk => current.May(Permission.ChangeTariffs);

    public bool MayExport => current.May(Permission.Export);

    /// <summary>A sentence with its numbers as whoever asks may see them.</summary>
    public string? Shown(string? text) => current.May(Permission.MendUsage) ? text : MaskedText.Of(text);

    public string Amount(decimal amount) => Written.Amount(amount, current.Tenant.Currency);

    public string Change(decimal amount) => WhatIfWords.Change(amount, current.Tenant.Currency);

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await WhatIfBook.FindAsync(db, id, cancellationToken) is not { } asked) return NotFound();
        Asked = asked;
        Outcome = await WhatIfRows.LoadAsync(db, id, cancellationToken);
        var query = ListQuery.Read(Request.Query, AccountChanges.Sorts, PageSize);
        Accounts = query.Cut(AccountChanges.Of(Outcome.Accounts, query));
        var (rises, falls) = (Outcome.Accounts.Where(account => account.Figures.Change > 0).ToList(), Outcome.Accounts.Where(account => account.Figures.Change < 0).ToList());
        // Both ways get their place, but who hardly pays more does not stand for a fall.
        var most = rises.Count > 0 && falls.Count > 0 ? MostDrawn / 2 : MostDrawn;
        List<WhatIfAccount> drawn = [.. rises.Take(most), .. falls.TakeLast(most)];
        NotDrawn = rises.Count + falls.Count - drawn.Count;
        Changes = new("Account", [.. drawn.Select(account => $"{account.Number} {account.Name}")], [new("Pays more or less", [.. drawn.Select(account => account.Figures.Change)])], Change);
        ByMonth = new("Month", [.. Outcome.Months.Select(month => WhatIfWords.Month(month.Month))],
            [new("Before", [.. Outcome.Months.Select(month => month.Figures.Before)], "waiting"), new("After", [.. Outcome.Months.Select(month => month.Figures.After)], "billed")], Amount);
        return Page();
    }

    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetDraftAsync(long id, int place, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await WhatIfBook.FindDraftAsync(db, id, place, cancellationToken) is { } draft
            ? File(Encoding.UTF8.GetBytes(draft.Document), "application/json", string.Create(CultureInfo.InvariantCulture, $"what-if-{id}-draft-{place}.json"))
            : NotFound();
    }

    [Demands(Permission.ChangeTariffs)]
    public async Task<IActionResult> OnPostReplayAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!(await WhatIfBook.AskAgainAsync(db, id, clock.GetUtcNow(), cancellationToken)).TryGet(out _, out _)) return NotFound();
        await db.CommitAsync(cancellationToken);
        return Redirect(Url.Content(string.Create(CultureInfo.InvariantCulture, $"~/what-if/{id}")));
    }

    [Demands(Permission.ChangeTariffs)]
    public async Task<IActionResult> OnPostRemoveAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await WhatIfBook.RemoveAsync(db, id, cancellationToken)) return NotFound();
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, "It is removed.");
        return Redirect(Url.Content("~/what-if"));
    }
}
