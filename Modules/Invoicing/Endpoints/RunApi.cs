using System.Globalization;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Invoicing.BillingRuns;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Invoicing.Endpoints;

/// <summary><c>/api/v1/billing-runs</c>.</summary>
static class RunApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/billing-runs").WithTags("Billing runs");
        runs.MapGet("", ListAsync).As("listBillingRuns", "Billing runs, the newest first.", Permission.ViewBilling, new("/billing-runs?limit=10")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        runs.MapGet("/{id:long}", GetAsync).As("getBillingRun", "One billing run.", Permission.ViewBilling, new("/billing-runs/1"));
    }

    internal static async Task<RunView> ViewAsync(TenantDb db, BillingRun run, CancellationToken cancellationToken) => RunView.Of(run, (await RunTotals.LoadAsync(db, cancellationToken))[run.Id]);

    static async Task<Results<Ok<Page<RunView>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery query, CurrentTenant current, BillingRunBook book, CancellationToken cancellationToken)
    {
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        if (!query.TryGetAfter(out var after)) return Problem.Invalid(PageQuery.BadCursor);
        var all = await book.ListAsync(current.Tenant, cancellationToken);
        await using var db = await current.BeginAsync(cancellationToken);
        var changed = (await ChangedSince.KeysAsync(db, "invoicing.billing_run", "run_id", query.UpdatedSince, cancellationToken))?.ToHashSet();
        var runs = all.Where(run => (after is null || run.Id.Value < after) && (changed is null || changed.Contains(run.Id.Value))).Take(query.Fetch).ToList();
        var totals = await RunTotals.LoadAsync(db, cancellationToken);
        return TypedResults.Ok(query.Cut(runs, run => run.Id.Value.ToString(CultureInfo.InvariantCulture), run => RunView.Of(run, totals[run.Id])));
    }

    static async Task<Results<Ok<RunView>, ProblemHttpResult>> GetAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await BillingRunBook.FindAsync(db, new BillingRunId(id), cancellationToken) is not { } run) return Problem.NotFound($"billing run {id}");
        return TypedResults.Ok(await ViewAsync(db, run, cancellationToken));
    }
}
