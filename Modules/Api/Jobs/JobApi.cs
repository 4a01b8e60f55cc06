using System.Globalization;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Api.Writes;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Api.Jobs;

/// <summary><c>/api/v1/jobs</c>: work in the background. A key sees the jobs whose results it may see.</summary>
public static class JobApi
{
    internal static void Map(IEndpointRouteBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapGet("", ListAsync).As("listJobs", "Work in the background, the newest first.", Permission.ViewDashboard, new("/jobs?limit=10")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        jobs.MapGet("/{id:long}", GetAsync).As("getJob", "One job; ask again until it is over.", Permission.ViewDashboard, new("/jobs/1"));
        jobs.MapPost("/{id:long}/cancel", CancelAsync).As("cancelJob", "Asks a job to stop at its next step, where it may be stopped.", Permission.ViewDashboard, new("/jobs/1/cancel")).Once();
    }

    /// <summary>The answer of an endpoint that asked for a job: 202 with the job, and where it is watched.</summary>
    /// <param name="db">The transaction in which it was asked for.</param>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<Accepted<JobView>> AcceptedAsync(TenantDb db, JobId id, CancellationToken cancellationToken)
    {
        var job = await JobBook.FindAsync(db, id, cancellationToken) ?? throw new InvalidOperationException($"Job {id.Value} was asked for and is not there.");
        return TypedResults.Accepted(AddressOf(id), JobView.Of(job));
    }

    /// <summary>Where a job is watched.</summary>
    public static string AddressOf(JobId id) => string.Create(CultureInfo.InvariantCulture, $"{ApiSetup.Root}/jobs/{id.Value}");

    private static async Task<Results<Ok<Page<JobView>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery query, CurrentTenant current, JobKinds kinds, CancellationToken cancellationToken)
    {
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        if (!query.TryGetAfter(out var after)) return Problem.Invalid(PageQuery.BadCursor);
        var seen = kinds.All.Where(kind => current.May(kind.Permission)).Select(kind => kind.Name).ToList();
        await using var db = await current.BeginAsync(cancellationToken);
        var jobs = await JobBook.WalkAsync(db, seen, after, query.UpdatedSince, query.Fetch, cancellationToken);
        return TypedResults.Ok(query.Cut(jobs, job => job.Id.Value.ToString(CultureInfo.InvariantCulture), JobView.Of));
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> GetAsync(long id, CurrentTenant current, JobKinds kinds, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await FindAsync(db, id, current, kinds, cancellationToken) is { } job ? TypedResults.Ok(JobView.Of(job)) : Problem.NotFound($"job {id}");
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> CancelAsync(long id, ApiWrite write, CurrentTenant current, JobKinds kinds, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await FindAsync(write.Db, id, current, kinds, cancellationToken) is not { } job) return Problem.NotFound($"job {id}");
        if (!(await JobBook.CancelAsync(write.Db, job.Id, clock.GetUtcNow(), cancellationToken)).TryGet(out _, out var failure)) return Problem.Conflict(failure);
        return TypedResults.Ok(JobView.Of((await JobBook.FindAsync(write.Db, job.Id, cancellationToken))!));
    }

    // What a job is about may be more than whoever asks may see; then there is no such job for them.
    private static async Task<Job?> FindAsync(TenantDb db, long id, CurrentTenant current, JobKinds kinds, CancellationToken cancellationToken) =>
        await JobBook.FindAsync(db, new JobId(id), cancellationToken) is { } job && kinds.Find(job.Kind) is { } kind && current.May(kind.Permission) ? job : null;
}
