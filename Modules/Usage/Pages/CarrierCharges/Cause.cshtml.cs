using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Screens.Tables;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.CarrierCharges;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CarrierCharges;

/// <summary>The charges behind one cause, and what can be done about them.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class CauseModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    public ChargeErrorGroup Cause { get; private set; } = null!;

    public ListPage<CarrierCharge> Lines { get; private set; } = null!;

    /// <summary>What matching again would do.</summary>
    public ChargeMatchOutcome? Preview { get; private set; }

    public Failure? Problem { get; private set; }

    public string? Why { get; private set; }

    public DateOnly? Day { get; private set; }

    /// <summary>What the owner is looked for by.</summary>
    public string Who { get; private set; } = "";

    public IReadOnlyList<ChargeOwnerChoice> Choices { get; private set; } = [];

    public bool MayMend => current.May(Permission.MendUsage);

    /// <summary>A text with its numbers as whoever asks may see them.</summary>
    public string? Shown(string? text) => MayMend ? text : MaskedText.Of(text);

    public async Task<IActionResult> OnGetAsync(string? cause, CancellationToken cancellationToken) => await LoadAsync(cause ?? "", cancellationToken) ? Page() : NotFound();

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostMatchAsync(string cause, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await ChargeDesk.FindAsync(db, cause, cancellationToken) is not { } found) return Gone();
        var outcome = await ChargeMatching.RunAsync(db, found.Cause, cancellationToken);
        if (outcome.Changed > 0) db.Note(new Deed("carrier-charges.matched", "carrier-charge", new { found.Cause.Carrier, found.Cause.Code, found.Cause.Subject }, outcome));
        await db.CommitAsync(cancellationToken);
        return Done($"{Written.Count(outcome.Allocated)} of {Written.Counted(found.Lines, "line has", "lines have")} an owner now.");
    }

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostAllocateAsync(string cause, string? to, DateOnly? day, CancellationToken cancellationToken)
    {
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            if (await ChargeDesk.FindAsync(db, cause, cancellationToken) is not { } found) return Gone();
            if (!ChargeOwnerChoice.TryRead(to, out var account, out var service)) Problem = new Failure("charges.no-account", "Choose whose the charges are.");
            else if (day is not { } from) Problem = new Failure("charges.no-day", "Say from which day on.");
            else if ((await ChargeDesk.AllocateAsync(db, found.Cause, account, service, from, clock.GetUtcNow(), cancellationToken)).TryGet(out var outcome, out var refused))
            {
                await db.CommitAsync(cancellationToken);
                return Done($"{Written.Counted(outcome.Allocated, "line is", "lines are")} allocated, and so is what comes for it in later files.");
            }
            else Problem = refused;
        }
        Day = day;
        return await RefusedAsync(cause, cancellationToken);
    }

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostExcludeAsync(string cause, string? why, bool always, CancellationToken cancellationToken)
    {
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            if (await ChargeDesk.FindAsync(db, cause, cancellationToken) is not { } found) return Gone();
            if ((await ChargeDesk.ExcludeAsync(db, found.Cause, always ? found.FirstDay : null, why, clock.GetUtcNow(), cancellationToken)).TryGet(out var lines, out var refused))
            {
                await db.CommitAsync(cancellationToken);
                return Done($"{Written.Counted(lines, "line is", "lines are")} excluded.");
            }
            (Problem, Why) = (refused, why);
        }
        return await RefusedAsync(cause, cancellationToken);
    }

    private async Task<IActionResult> RefusedAsync(string cause, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cause, cancellationToken)) return Gone();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private RedirectResult Done(string said)
    {
        Notice.Leave(HttpContext, said);
        return Redirect(Url.Content("~/carrier-charges/errors"));
    }

    // Somebody else was quicker: the queue shows what is left.
    private RedirectResult Gone() => Done("That cause has no lines any more: somebody mended or excluded them.");

    private async Task<bool> LoadAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await ChargeDesk.FindAsync(db, key, cancellationToken) is not { } cause) return false;
        Cause = cause;
        Who = Request.Query["who"].ToString().Trim();
        if (MayMend && cause.CanBeAllocated)
        {
            Preview = await ChargeMatching.PreviewAsync(db, cause.Cause, cancellationToken);
            if (Who.Length > 0) Choices = await ChargeOwnerChoice.FindAsync(db, Who, cancellationToken);
        }
        var query = ListQuery.Read(Request.Query, CarrierChargeList.Sorts, PageSize, "cause", "who");
        var lines = await CarrierChargeList.LoadAsync(db, new ChargeFilter { Cause = cause.Cause }, CarrierChargeList.Sorts[0], false, (query.Page - 1L) * PageSize, PageSize, cancellationToken);
        Lines = new ListPage<CarrierCharge>(query, lines, cause.Lines);
        return true;
    }
}
