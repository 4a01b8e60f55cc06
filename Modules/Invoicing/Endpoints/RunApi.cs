using Billing.Api;
using Billing.Api.Answers;
using Billing.Invoicing.BillingRuns;
using Billing.Screens;
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
        runs.MapGet("", ListAsync).As("listBillingRuns", "All billing runs, the newest first.", Permission.ViewBilling, new("/billing-runs"));
        runs.MapGet("/{id:long}", GetAsync).As("getBillingRun", "One billing run.", Permission.ViewBilling, new("/billing-runs/1"));
    }

    internal static async Task<RunView> ViewAsync(TenantDb db, BillingRun run, CancellationToken cancellationToken) => RunView.Of(run, (await RunTotals.LoadAsync(db, cancellationToken))[run.Id]);

    static async Task<Ok<IReadOnlyList<RunView>>> ListAsync(CurrentTenant current, BillingRunBook book, CancellationToken cancellationToken)
    {
        var runs = await book.ListAsync(current.Tenant, cancellationToken);
        await using var db = await current.BeginAsync(cancellationToken);
        var totals = await RunTotals.LoadAsync(db, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<RunView>>([.. runs.Select(run => RunView.Of(run, totals[run.Id]))]);
    }

    static async Task<Results<Ok<RunView>, ProblemHttpResult>> GetAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await BillingRunBook.FindAsync(db, new BillingRunId(id), cancellationToken) is not { } run) return Problem.NotFound($"billing run {id}");
        return TypedResults.Ok(await ViewAsync(db, run, cancellationToken));
    }
}
