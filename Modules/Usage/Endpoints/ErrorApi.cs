using System.ComponentModel;
using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Jobs;
using Billing.Api.Paging;
using Billing.Api.Writes;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Billing.Usage.Trend;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Endpoints;

/// <summary><c>/api/v1/billing-errors</c> and <c>/api/v1/exclusions</c>: the errors desk.</summary>
static class ErrorApi
{
    const int LatestMendings = 100;

    // The causes of the sample reseller's two failed calls, by their keys.
    static readonly string Unassigned = new ErrorCause("usage.unassigned", "+441632960999").Key;

    public static void Map(IEndpointRouteBuilder api)
    {
        var errors = api.MapGroup("/billing-errors").WithTags("Billing errors");
        errors.MapGet("", ListAsync).As("listBillingErrors", "What can't be billed, by cause, most money at stake first. A cause whose calls change between two pieces may change its place.", Permission.ViewUsage, new("/billing-errors?limit=10"))
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        errors.MapGet("/{key}/preview", PreviewAsync).As("previewBillingError", "What pricing a cause's calls again would do; nothing is changed.", Permission.MendUsage, new($"/billing-errors/{Unassigned}/preview"))
            .ProducesProblem(StatusCodes.Status409Conflict);
        errors.MapPost("/{key}/rerate", RerateAsync).As("rerateBillingError", "Asks for a cause's calls to be priced again, after something was mended.", Permission.MendUsage, new($"/billing-errors/{Unassigned}/rerate")).Once();
        errors.MapPost("/try", TryAsync).As("tryRemedy", "What a remedy would do to some causes: it is done, counted, and undone at once.", Permission.MendUsage,
            new("/billing-errors/try", new { Causes = new[] { Unassigned }, Kind = Remedy.Again }) ).Once();
        errors.MapPost("/mend", MendAsync).As("mendBillingErrors", "Does something about causes and prices again what waited for it: assign the numbers to a service, add a rate to a tariff, give the services a tariff, or only price again.", Permission.MendUsage,
            new("/billing-errors/mend", new { Causes = new[] { Unassigned }, Kind = Remedy.Again })).Once();
        errors.MapPost("/{key}/exclude", ExcludeAsync).As("excludeBillingError", "Takes a cause's calls out of billing, with a reason.", Permission.MendUsage,
            new($"/billing-errors/{Unassigned}/exclude", new { Why = "Our own test line." })).Once();
        errors.MapGet("/trend", TrendAsync).As("getErrorTrend", "How many lines became an error, by month, day, run or file, the oldest first; what was mended since still counts.", Permission.ViewUsage, new("/billing-errors/trend?by=month"));
        var mendings = api.MapGroup("/mendings").WithTags("Billing errors");
        mendings.MapGet("", MendingsAsync).As("listMendings", "What was done about causes, by whom or by itself, and how many calls it cleared; the latest first.", Permission.ViewUsage, new("/mendings"));
        mendings.MapPost("/{id:long}/undo", UndoMendingAsync).As("undoMending", "Takes back what a mending changed; the calls it cleared are errors again.", Permission.MendUsage, new("/mendings/1/undo")).Once();
        var rules = api.MapGroup("/exclusion-rules").WithTags("Billing errors");
        rules.MapGet("", RulesAsync).As("listExclusionRules", "Causes whose calls are excluded when they come in.", Permission.ViewUsage, new("/exclusion-rules"));
        rules.MapPost("/{id:long}/revoke", RevokeAsync).As("revokeExclusionRule", "Ends a rule. What it excluded stays so until somebody brings it back.", Permission.MendUsage, new("/exclusion-rules/1/revoke")).Once();
        var exclusions = api.MapGroup("/exclusions").WithTags("Billing errors");
        exclusions.MapGet("", ExclusionsAsync).As("listExclusions", "What people took out of billing, the latest first.", Permission.ViewUsage, new("/exclusions"));
        exclusions.MapPost("/{key}/undo", UndoAsync).As("undoExclusion", "Brings excluded calls back: they are errors again.", Permission.MendUsage, new("/exclusions/{key}/undo")).Once();
    }

    static async Task<Results<Ok<Page<ErrorView>>, ProblemHttpResult>> ListAsync(
        [Description("Most items wanted, 1 to 500; 100 where not said.")] int? limit, [Description("The `next` of the piece before; leave it out for the first.")] string? after,
        CurrentTenant current, CancellationToken cancellationToken)
    {
        var query = new PageQuery(limit, after, null);
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        ErrorPlace? last = null;
        if (query.AfterKey is { } key && (last = ErrorPlace.Read(key)) is null) return Problem.Invalid(PageQuery.BadCursor);
        await using var db = await current.BeginAsync(cancellationToken);
        var groups = (await ErrorDesk.LoadAsync(db, cancellationToken)).Select(group => (Group: group, Place: ErrorPlace.Of(group, current.Tenant.Currency)))
            .OrderBy(one => one.Place).Where(one => last is null || one.Place.CompareTo(last) > 0).Take(query.Fetch).ToList();
        return TypedResults.Ok(query.Cut(groups, one => one.Place.ToString(), one => ErrorView.Of(one.Group, current.May(Permission.MendUsage))));
    }

    static async Task<Results<Ok<RerateOutcome>, ProblemHttpResult>> PreviewAsync(string key, CurrentTenant current, ErrorRepair repair, CancellationToken cancellationToken)
    {
        ErrorGroup? group;
        await using (var db = await current.BeginAsync(cancellationToken)) group = await FindAsync(db, key, cancellationToken);
        if (group is null) return Missing(key);
        return group.Calls >= ErrorRepair.Many
            ? Problem.Conflict(new Failure("errors.too-many", "There are too many calls to preview while you wait. Price them again: a job does it, and what does not clear stays as it is."))
            : TypedResults.Ok(await repair.PreviewAsync(current.Tenant, current.Actor, group.Cause, cancellationToken));
    }

    static async Task<Results<Accepted<JobView>, ProblemHttpResult>> RerateAsync(string key, ApiWrite write, ErrorRepair repair, CancellationToken cancellationToken) =>
        await FindAsync(write.Db, key, cancellationToken) is { } group ? await JobApi.AcceptedAsync(write.Db, await repair.RequestAsync(write.Db, group.Cause, cancellationToken), cancellationToken) : Missing(key);

    static async Task<Results<Ok<MovedCallsView>, ProblemHttpResult>> ExcludeAsync(string key, ExcludeBody body, ApiWrite write, CurrentTenant current, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await FindAsync(write.Db, key, cancellationToken) is not { } cause) return Missing(key);
        if (string.IsNullOrWhiteSpace(body.Why)) return Problem.Invalid(new Failure("errors.no-reason", "Say why the calls are not billed: an auditor will ask."));
        var calls = await ErrorDesk.ExcludeAsync(write.Db, cause.Code, cause.Subject, write.Db.Actor.Name, body.Why, clock.GetUtcNow(), cancellationToken);
        write.Db.Note(new Deed("errors.excluded", "billing-error", new { cause.Code, cause.Subject }, new { Calls = calls, body.Why }));
        if (body.Until is { } until && !(await ExclusionRules.MakeAsync(write.Db, cause.Cause, body.Why, until, current.Tenant.DayOf(clock.GetUtcNow()), clock.GetUtcNow(), cancellationToken)).TryGet(out _, out var refused))
            return Problem.Invalid(refused);
        return TypedResults.Ok(new MovedCallsView(calls));
    }

    static async Task<Results<Ok<RerateOutcome>, ProblemHttpResult>> TryAsync(RemedyBody body, CurrentTenant current, ErrorRepair repair, CancellationToken cancellationToken)
    {
        if (!body.IsAllowed(current)) return NotAllowed(body.Kind);
        return (await repair.PreviewAsync(current.Tenant, current.Actor, body.Causes, body.Remedy, cancellationToken)).TryGet(out var outcome, out var failure) ? TypedResults.Ok(outcome) : Problem.Invalid(failure);
    }

    static async Task<Results<Ok<RerateOutcome>, ProblemHttpResult>> MendAsync(RemedyBody body, CurrentTenant current, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!body.IsAllowed(current)) return NotAllowed(body.Kind);
        var groups = await ErrorRepair.ChosenAsync(write.Db, body.Causes, cancellationToken);
        return (await Remedies.ApplyAsync(write.Db, current.Tenant, groups, body.Remedy, clock.GetUtcNow(), cancellationToken)).TryGet(out var outcome, out var failure) ? TypedResults.Ok(outcome) : Problem.Invalid(failure);
    }

    static async Task<Ok<IReadOnlyList<TrendView>>> TrendAsync(CurrentTenant current, IRunPeriods runs, CancellationToken cancellationToken, string by = "month")
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var kind = Enum.TryParse<TrendBy>(by, ignoreCase: true, out var found) && Enum.IsDefined(found) ? found : TrendBy.Month;
        return TypedResults.Ok<IReadOnlyList<TrendView>>([.. (await ErrorTrend.LoadAsync(db, current.Tenant, kind, runs, cancellationToken)).Select(TrendView.Of)]);
    }

    static async Task<Ok<IReadOnlyList<MendingView>>> MendingsAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<MendingView>>([.. (await MendingBook.LoadAsync(db, LatestMendings, cancellationToken)).Select(one => MendingView.Of(one, current.May(Permission.MendUsage)))]);
    }

    static async Task<Results<Ok<MovedCallsView>, ProblemHttpResult>> UndoMendingAsync(long id, CurrentTenant current, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken) =>
        (await Remedies.UndoAsync(write.Db, current.Tenant, id, clock.GetUtcNow(), cancellationToken)).TryGet(out var back, out var failure) ? TypedResults.Ok(new MovedCallsView(back))
            : failure.Code == "errors.no-mending" ? Problem.NotFound(string.Create(CultureInfo.InvariantCulture, $"mending {id}")) : Problem.Conflict(failure);

    static async Task<Ok<IReadOnlyList<ExclusionRuleView>>> RulesAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ExclusionRuleView>>([.. (await ExclusionRules.LoadAsync(db, cancellationToken)).Select(rule => ExclusionRuleView.Of(rule, current.May(Permission.MendUsage)))]);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(long id, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken) =>
        await ExclusionRules.RevokeAsync(write.Db, id, clock.GetUtcNow(), cancellationToken) ? TypedResults.NoContent() : Problem.NotFound(string.Create(CultureInfo.InvariantCulture, $"rule {id} that holds"));

    static async Task<Ok<IReadOnlyList<ExclusionView>>> ExclusionsAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ExclusionView>>([.. (await ErrorDesk.ExclusionsAsync(db, cancellationToken)).Select(exclusion => ExclusionView.Of(exclusion, current.May(Permission.MendUsage)))]);
    }

    static async Task<Results<Ok<MovedCallsView>, ProblemHttpResult>> UndoAsync(string key, ApiWrite write, CancellationToken cancellationToken) =>
        (await ErrorDesk.ExclusionsAsync(write.Db, cancellationToken)).FirstOrDefault(exclusion => exclusion.Key == key) is { } found
            ? TypedResults.Ok(new MovedCallsView(await ErrorDesk.UndoAsync(write.Db, found, cancellationToken)))
            : Problem.NotFound($"exclusion '{key}'");

    static async Task<ErrorGroup?> FindAsync(TenantDb db, string key, CancellationToken cancellationToken) => (await ErrorDesk.LoadAsync(db, cancellationToken)).FirstOrDefault(group => group.Cause.Key == key);

    static ProblemHttpResult NotAllowed(string kind) =>
        Problem.Of(StatusCodes.Status403Forbidden, new Failure("api.no-scope", $"'{kind}' changes {(kind == Remedy.Rate ? "a tariff" : "an account")} too, and the key has no scope for that."));

    // Somebody else may have mended it.
    static ProblemHttpResult Missing(string key) => Problem.NotFound($"billing error '{key}' (any more)");
}
