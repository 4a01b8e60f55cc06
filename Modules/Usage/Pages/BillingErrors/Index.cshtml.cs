using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.BillingErrors;

/// <summary>What can't be billed, by cause, most money first; and what people took out of billing, with a way back.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    public IReadOnlyList<ErrorGroup> Causes { get; private set; } = [];

    /// <summary>Those of them that are asked for.</summary>
    public IReadOnlyList<ErrorGroup> Found { get; private set; } = [];

    /// <summary>The list as it is asked for.</summary>
    public ListQuery List { get; private set; } = null!;

    public bool MayExport => current.May(Permission.Export);

    public IReadOnlyList<Exclusion> Exclusions { get; private set; } = [];

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
