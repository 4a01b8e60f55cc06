using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Pages.BillingErrors;

/// <summary>The calls behind one cause, and what can be done about them.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class CallsModel(CurrentTenant current, ErrorRepair repair, TimeProvider clock, EndpointDataSource routes) : PageModel
{
    private const int PageSize = 50;

    public ErrorGroup Cause { get; private set; } = null!;

    public ListPage<FailedCall> Calls { get; private set; } = null!;

    /// <summary>What re-rating would do, when that was asked.</summary>
    public RerateOutcome? Preview { get; private set; }

    public Job? Job { get; private set; }

    public Failure? Problem { get; private set; }

    public string? Why { get; private set; }

    public bool MayMend => current.May(Permission.MendUsage);

    public ErrorFix Fix => ErrorFix.For(Cause, current.Tenant);

    /// <summary>True where a number is to be given to a customer, and whoever asks may do that.</summary>
    public bool MayAssign => Cause.Code == "usage.unassigned" && current.May(Permission.ChangeAccounts);

    /// <summary>What the customer is looked for by.</summary>
    public string Who { get; private set; } = "";

    public IReadOnlyList<AssignableService> Services { get; private set; } = [];

    /// <summary>Where the fix is done, when there is such a page.</summary>
    public string? FixLink => Fix.Address is { } address && routes.Endpoints.OfType<RouteEndpoint>().Any(route => "/" + route.RoutePattern.RawText?.TrimStart('/') == address)
        ? Url.Content("~" + address) + Fix.Query : null;

    /// <summary>A text with its numbers as whoever asks may see them.</summary>
    public string? Shown(string? text) => MayMend ? text : MaskedText.Of(text);

    public async Task<IActionResult> OnGetAsync(string? cause, string? code, string? subject, CancellationToken cancellationToken) =>
        await LoadAsync(cause ?? new ErrorCause(code ?? "", subject ?? "").Key, cancellationToken) ? Page() : NotFound();

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostPreviewAsync(string cause, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cause, cancellationToken)) return Gone();
        if (Cause.Calls >= ErrorRepair.Many)
        {
            Problem = new Failure("errors.too-many", "There are too many calls to preview while you wait. Price them again: a job does it, and what does not clear stays as it is.");
            return Page();
        }
        Preview = await repair.PreviewAsync(current.Tenant, current.Actor, Cause.Cause, cancellationToken);
        return Page();
    }

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostRerateAsync(string cause, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cause, cancellationToken)) return Gone();
        if (Cause.Calls >= ErrorRepair.Many)
        {
            var job = await repair.RequestAsync(current.Tenant, current.Actor, Cause.Cause, cancellationToken);
            return Redirect(Url.Content($"~/jobs/{job.Value}"));
        }
        var outcome = await repair.RerateAsync(current.Tenant, current.Actor, Cause.Cause, null, cancellationToken);
        Screens.Notices.Notice.Leave(HttpContext, ErrorRepair.Say(outcome, current.Tenant.Currency));
        return Redirect(Url.Content("~/errors"));
    }

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostExcludeAsync(string cause, string? why, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cause, cancellationToken)) return Gone();
        if (string.IsNullOrWhiteSpace(why))
        {
            Problem = new Failure("errors.no-reason", "Say why the calls are not billed: an auditor will ask.");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        await using var db = await current.BeginAsync(cancellationToken);
        var calls = await ErrorDesk.ExcludeAsync(db, Cause.Code, Cause.Subject, current.Actor.Name, why, clock.GetUtcNow(), cancellationToken);
        db.Note(new Tenancy.Audit.Deed("errors.excluded", "billing-error", new { Cause.Code, Cause.Subject }, new { Calls = calls, Why = why }));
        await db.CommitAsync(cancellationToken);
        Screens.Notices.Notice.Leave(HttpContext, $"{Written.Counted(calls, "call is", "calls are")} excluded.");
        return Redirect(Url.Content("~/errors"));
    }

    // Somebody else was quicker: the desk shows what is left.
    private RedirectResult Gone()
    {
        Screens.Notices.Notice.Leave(HttpContext, "That cause has no calls any more: somebody mended or excluded them.");
        return Redirect(Url.Content("~/errors"));
    }

    private async Task<bool> LoadAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if ((await ErrorDesk.LoadAsync(db, cancellationToken)).FirstOrDefault(c => c.Cause.Key == key) is not { } cause) return false;
        Cause = cause;
        Who = Request.Query["who"].ToString().Trim();
        if (MayAssign && Who.Length > 0) Services = await AssignableService.FindAsync(db, Who, cancellationToken);
        Job = await JobBook.FindLiveAsync(db, ErrorRepair.JobKind, "cause/" + key, cancellationToken);
        var query = ListQuery.Read(Request.Query, ["line"], PageSize, "cause", "code", "subject", "who");
        var calls = await ErrorDesk.CallsAsync(db, cause.Code, cause.Subject, (query.Page - 1L) * PageSize, PageSize, cancellationToken);
        Calls = new ListPage<FailedCall>(query, calls, cause.Calls);
        return true;
    }
}
