using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Jobs;
using Billing.Api.Writes;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Usage.Endpoints;

/// <summary><c>/api/v1/billing-errors</c> and <c>/api/v1/exclusions</c>: the errors desk.</summary>
static class ErrorApi
{
    // The causes of the sample reseller's two failed calls, by their keys.
    static readonly string Unassigned = new ErrorCause("usage.unassigned", "+441632960999").Key;

    public static void Map(IEndpointRouteBuilder api)
    {
        var errors = api.MapGroup("/billing-errors").WithTags("Billing errors");
        errors.MapGet("", ListAsync).As("listBillingErrors", "What can't be billed, by cause, most money at stake first.", Permission.ViewUsage, new("/billing-errors"));
        errors.MapGet("/{key}/preview", PreviewAsync).As("previewBillingError", "What pricing a cause's calls again would do; nothing is changed.", Permission.MendUsage, new($"/billing-errors/{Unassigned}/preview"))
            .ProducesProblem(StatusCodes.Status409Conflict);
        errors.MapPost("/{key}/rerate", RerateAsync).As("rerateBillingError", "Asks for a cause's calls to be priced again, after something was mended.", Permission.MendUsage, new($"/billing-errors/{Unassigned}/rerate")).Once();
        errors.MapPost("/{key}/exclude", ExcludeAsync).As("excludeBillingError", "Takes a cause's calls out of billing, with a reason.", Permission.MendUsage,
            new($"/billing-errors/{Unassigned}/exclude", new { Why = "Our own test line." })).Once();
        var exclusions = api.MapGroup("/exclusions").WithTags("Billing errors");
        exclusions.MapGet("", ExclusionsAsync).As("listExclusions", "What people took out of billing, the latest first.", Permission.ViewUsage, new("/exclusions"));
        exclusions.MapPost("/{key}/undo", UndoAsync).As("undoExclusion", "Brings excluded calls back: they are errors again.", Permission.MendUsage, new("/exclusions/{key}/undo")).Once();
    }

    static async Task<Ok<IReadOnlyList<ErrorView>>> ListAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ErrorView>>([.. (await ErrorDesk.LoadAsync(db, cancellationToken)).Select(group => ErrorView.Of(group, current.May(Permission.MendUsage)))]);
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

    static async Task<Results<Ok<MovedCallsView>, ProblemHttpResult>> ExcludeAsync(string key, ReasonBody body, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await FindAsync(write.Db, key, cancellationToken) is not { } cause) return Missing(key);
        if (string.IsNullOrWhiteSpace(body.Why)) return Problem.Invalid(new Failure("errors.no-reason", "Say why the calls are not billed: an auditor will ask."));
        var calls = await ErrorDesk.ExcludeAsync(write.Db, cause.Code, cause.Subject, write.Db.Actor.Name, body.Why, clock.GetUtcNow(), cancellationToken);
        write.Db.Note(new Deed("errors.excluded", "billing-error", new { cause.Code, cause.Subject }, new { Calls = calls, body.Why }));
        return TypedResults.Ok(new MovedCallsView(calls));
    }

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

    // Somebody else may have mended it.
    static ProblemHttpResult Missing(string key) => Problem.NotFound($"billing error '{key}' (any more)");
}
