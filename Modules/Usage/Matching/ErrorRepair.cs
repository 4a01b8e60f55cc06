using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.RatedCalls;

namespace Billing.Usage.Matching;

/// <summary>Prices the calls of a cause again after something was mended: first as a preview that changes nothing, then in earnest.</summary>
public sealed class ErrorRepair(Database database, TimeProvider clock)
{
    /// <summary>The job that re-rates a cause with many calls.</summary>
    public const string JobKind = "usage.rerate";

    /// <summary>From this many calls on it is a job; below, the answer is there before a page is.</summary>
    public const int Many = 5000;

    /// <summary>What re-rating a cause would do: the very same work, undone at its end.</summary>
    public async Task<RerateOutcome> PreviewAsync(Tenant tenant, Actor actor, ErrorCause cause, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, actor, cancellationToken);
        return await Rerating.RunAsync(db, tenant, cause, null, cancellationToken);
    }

    /// <summary>Re-rates a cause now.</summary>
    public async Task<RerateOutcome> RerateAsync(Tenant tenant, Actor actor, ErrorCause cause, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, actor, cancellationToken);
        var outcome = await Rerating.RunAsync(db, tenant, cause, progress, cancellationToken);
        if (outcome.Calls > 0)
            db.Note(new Deed("errors.re-rated", "billing-error", new { cause.Code, cause.Subject }, new { outcome.Calls, outcome.Cleared, outcome.StillFailing, outcome.Moved, outcome.Worth }));
        await db.CommitAsync(cancellationToken);
        return outcome;
    }

    /// <summary>Asks for a cause to be re-rated by a job.</summary>
    public async Task<JobId> RequestAsync(Tenant tenant, Actor actor, ErrorCause cause, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, actor, cancellationToken);
        var id = await RequestAsync(db, cause, cancellationToken);
        await db.CommitAsync(cancellationToken);
        return id;
    }

    /// <summary>The same, in a transaction of the caller's.</summary>
    internal async Task<JobId> RequestAsync(TenantDb db, ErrorCause cause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return (await JobBook.RequestAsync(db, JobKind, "cause/" + cause.Key, cause, clock.GetUtcNow(), mayCancel: true, cancellationToken)).Id;
    }

    /// <summary>An outcome in a sentence: what it clears, what it leaves, what it uncovers.</summary>
    public static string Say(RerateOutcome outcome, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var same = outcome.StillFailing - outcome.Moved;
        return string.Create(CultureInfo.InvariantCulture,
            $"{outcome.Cleared:N0} of {outcome.Calls:N0} {(outcome.Calls == 1 ? "call" : "calls")} cleared, worth {outcome.Worth:0.00####} {currency}; {same:N0} as before; {outcome.Moved:N0} with another error now.");
    }

    internal async Task<Result<string>> RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var cause = run.Arguments<ErrorCause>();
        var outcome = await RerateAsync(run.Tenant, run.Actor, cause, run.Steps(null, calls => string.Create(CultureInfo.InvariantCulture, $"{calls:N0} calls priced")), cancellationToken);
        return Say(outcome, run.Tenant.Currency);
    }
}
