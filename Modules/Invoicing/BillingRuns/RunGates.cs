using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Invoicing.Invoices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.CarrierCharges;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Billing.Usage.Uploads;

namespace Billing.Invoicing.BillingRuns;

/// <summary>The named checks of a run, given and withdrawn by people: in their order, and only when there is something to have checked.</summary>
public sealed class RunGates(Database database, TimeProvider clock)
{
    /// <summary>Confirms a check.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="by">Who checked.</param>
    /// <param name="id">Which run.</param>
    /// <param name="gate">Which check: one of those that <see cref="RunGate.OfAsync"/> names.</param>
    /// <param name="ignoresPending">True to go on although files are pending (CDR-5); noted with the confirmation.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// The confirmation; or why it can't be given: <c>run.confirmed-already</c> names who was faster, <c>run.gate-order</c> what comes first,
    /// <c>run.files-pending</c>, <c>run.lines-missing</c> and <c>run.no-draft</c> what stands in the way.
    /// </returns>
    public Task<Result<GateConfirmation>> ConfirmAsync(Tenant tenant, Actor by, BillingRunId id, string gate, bool ignoresPending, CancellationToken cancellationToken = default) =>
        CommitAsync(tenant, by, db => ConfirmAsync(db, tenant, id, gate, ignoresPending, cancellationToken), cancellationToken);

    /// <summary>The same, in a transaction of the caller's.</summary>
    internal async Task<Result<GateConfirmation>> ConfirmAsync(TenantDb db, Tenant tenant, BillingRunId id, string gate, bool ignoresPending, CancellationToken cancellationToken)
    {
        var gates = await RunGate.OfAsync(db, cancellationToken);
        if (!gates.Contains(gate, StringComparer.Ordinal)) return Unknown(gate, gates);
        await db.LockAsync("billing-run", cancellationToken);
        if (await RunReview.FindAsync(db, id, cancellationToken) is not { } review) return BillingRunBook.NotFound(id);
        if (review.Run.Status != BillingRunStatus.Pending) return new Failure("run.not-pending", $"Billing run {id.Value} is {review.Run.Status}: its checks are over.");
        if (review.Confirmations.FirstOrDefault(c => c.Gate == gate) is { } earlier)
            return new Failure("run.confirmed-already", $"{earlier.By} confirmed that already.");
        if (gates.TakeWhile(g => g != gate).FirstOrDefault(g => review.Confirmations.All(c => c.Gate != g)) is { } first)
            return new Failure("run.gate-order", $"One step after the other: '{first}' comes before '{gate}'.");

        var judged = gate switch
        {
            RunGate.CdrsProcessed => await JudgeFilesAsync(db, review.Run, ignoresPending, cancellationToken),
            RunGate.ErrorsChecked => await JudgeErrorsAsync(db, tenant, cancellationToken),
            RunGate.FixedFeeErrorsChecked => await JudgeChargesAsync(db, tenant, cancellationToken),
            RunGate.PreBillingReport => review.Run.DraftHash is { } hash
                ? Result.Of("Draft " + hash[..12])
                : new Failure("run.no-draft", "There is no draft to have read: draft the run first."),
            _ => Result.Of(""),
        };
        if (!judged.TryGet(out var note, out var failure)) return failure;
        var confirmation = new GateConfirmation(gate, db.Actor.Name, clock.GetUtcNow(), note.Length == 0 ? null : note);
        await db.ExecuteAsync($"""
            insert into invoicing.confirmation (run_id, gate, confirmed_by, confirmed_at, note) values ({id.Value}, {gate}, {confirmation.By}, {confirmation.At.UtcDateTime}, {confirmation.Note})
            """, cancellationToken);
        return confirmation;
    }

    /// <summary>Takes a confirmation back, and those that came after it, while nothing is requested.</summary>
    public Task<Result<BillingRun>> WithdrawAsync(Tenant tenant, Actor by, BillingRunId id, string gate, CancellationToken cancellationToken = default) =>
        CommitAsync(tenant, by, db => WithdrawAsync(db, id, gate, cancellationToken), cancellationToken);

    /// <summary>The same, in a transaction of the caller's.</summary>
    internal static async Task<Result<BillingRun>> WithdrawAsync(TenantDb db, BillingRunId id, string gate, CancellationToken cancellationToken)
    {
        if (!RunGate.Known.Contains(gate, StringComparer.Ordinal)) return Unknown(gate, await RunGate.OfAsync(db, cancellationToken));
        await db.LockAsync("billing-run", cancellationToken);
        if (await BillingRunBook.FindAsync(db, id, cancellationToken) is not { } run) return BillingRunBook.NotFound(id);
        if (run.Status != BillingRunStatus.Pending) return new Failure("run.not-pending", $"Billing run {id.Value} is {run.Status}: who confirmed what stays as it is.");
        var later = RunGate.Known.SkipWhile(g => g != gate).ToArray();
        await db.ExecuteAsync($"delete from invoicing.confirmation where run_id = {id.Value} and gate = any({later})", cancellationToken);
        return run;
    }

    private static Failure Unknown(string gate, IReadOnlyList<string> gates) => new("run.unknown-gate", $"There is no check named '{gate}': they are {string.Join(", ", gates)}.");

    private async Task<Result<T>> CommitAsync<T>(Tenant tenant, Actor by, Func<TenantDb, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(by);
        await using var db = await database.BeginAsync(tenant.Id, by, cancellationToken);
        var result = await work(db);
        if (result.IsSuccess) await db.CommitAsync(cancellationToken);
        return result;
    }

    private static async Task<Result<string>> JudgeFilesAsync(TenantDb db, BillingRun run, bool ignoresPending, CancellationToken cancellationToken)
    {
        var files = await UsageBalance.LoadAsync(db, run.Fields.CutoffOn, cancellationToken);
        if (files.FirstOrDefault(f => !f.IsBalanced) is { } unbalanced)
            return new Failure("run.lines-missing", $"File '{unbalanced.Name}' has lines that are in no state. Import it again before billing.");
        var pending = await PendingFiles.LoadAsync(db, cancellationToken);
        if (pending.Count > 0 && !ignoresPending)
            return new Failure("run.files-pending", $"Files are pending: {pending}. Wait for them, mend or drop the failed ones, or confirm that they are left out of this run.");
        return string.Create(CultureInfo.InvariantCulture, $"{files.Count:N0} files in{(pending.Count > 0 ? $"; left out: {pending}" : "")}");
    }

    private static async Task<Result<string>> JudgeChargesAsync(TenantDb db, Tenant tenant, CancellationToken cancellationToken)
    {
        var errors = await ChargeDesk.LoadAsync(db, cancellationToken);
        return errors.Count == 0 ? "No fixed fee error left" : $"{NextSteps.ChargesOf(errors, tenant)}, left as they are";
    }

    private static async Task<Result<string>> JudgeErrorsAsync(TenantDb db, Tenant tenant, CancellationToken cancellationToken)
    {
        var errors = await ErrorDesk.LoadAsync(db, cancellationToken);
        return errors.Count == 0
            ? "No error left"
            : string.Create(CultureInfo.InvariantCulture, $"{errors.Sum(e => e.Calls):N0} calls left in error, {Stake.Sum(errors.Select(e => e.Stake)).Say(tenant.Currency)} at stake");
    }
}
