using System.Globalization;
using Billing.Invoicing.Invoices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Tenants;
using Billing.Usage.CarrierCharges;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Billing.Usage.Uploads;

namespace Billing.Invoicing.BillingRuns;

/// <summary>
/// What comes next in a run: derived each time from facts and stored confirmations, never stored itself. The order is fixed, and each step builds on
/// the one before.
/// </summary>
/// <param name="Review">The run.</param>
/// <param name="Steps">All steps, done and to come.</param>
/// <param name="DraftJob">The drafting that is going on or went wrong last; null for none.</param>
/// <param name="PostJob">The posting that is going on or went wrong last; null for none.</param>
/// <param name="Printed">Invoices that have a PDF.</param>
/// <param name="Changes">What changed since the draft; empty when nothing did.</param>
public sealed record NextSteps(RunReview Review, IReadOnlyList<NextStep> Steps, Job? DraftJob, Job? PostJob, int Printed, IReadOnlyList<string> Changes)
{
    /// <summary>True when nothing is left to do.</summary>
    public bool IsComplete => Steps.All(step => step.State == NextStepState.Done);

    /// <summary>True when all is confirmed and nothing stands in the way: "Billing run is ready!"</summary>
    public bool IsReady => Steps.Any(step => step is { Name: "request", State: NextStepState.Now });

    /// <summary>A run's steps; null when there is no such run.</summary>
    public static async Task<NextSteps?> LoadAsync(TenantDb db, Tenant tenant, BillingRunId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        if (await RunReview.FindAsync(db, id, cancellationToken) is not { } review) return null;
        var run = review.Run;
        var draftJob = await JobBook.FindLastAsync(db, RunJobs.DraftKind, RunJobs.SubjectOf(id), cancellationToken);
        var postJob = await JobBook.FindLastAsync(db, RunJobs.PostKind, RunJobs.SubjectOf(id), cancellationToken);
        var isPending = run.Status == BillingRunStatus.Pending;
        var changes = isPending && run.DraftHash is not null ? await BillingRunBook.ChangesAsync(db, tenant, run, cancellationToken) : [];
        var printed = review.Totals.Invoices == 0 ? 0 : await InvoiceRegister.PrintedAsync(db, id, cancellationToken);

        var steps = new List<NextStep> { Dates(run) };
        if (run.Status == BillingRunStatus.Cancelled) return new NextSteps(review, steps, draftJob, postJob, printed, changes);
        steps.Add(Gate(RunGate.Payments, "Check payments", "Enter and review what came in since the last run.", null, []));
        var (files, fileBlocks) = isPending ? await FilesAsync(db, run, cancellationToken) : ("", []);
        steps.Add(Gate(RunGate.CdrsProcessed, "Check CDRs", files, "~/cdrs", fileBlocks));
        var errors = isPending ? await ErrorDesk.LoadAsync(db, cancellationToken) : [];
        steps.Add(Gate(RunGate.ErrorsChecked, "Check billing errors", ErrorsOf(errors, tenant), "~/errors", []));
        // Only where carriers send files of recurring charges; a run that is over shows it if somebody confirmed it.
        if (isPending ? await CarrierChargeList.IsUsedAsync(db, cancellationToken) : review.Confirmations.Any(c => c.Gate == RunGate.FixedFeeErrorsChecked))
        {
            var charges = isPending ? await ChargeDesk.LoadAsync(db, cancellationToken) : [];
            steps.Add(Gate(RunGate.FixedFeeErrorsChecked, "Check fixed fee errors", charges.Count == 0 ? "Every recurring charge of the carriers is somebody's." : ChargesOf(charges, tenant) + ".", "~/carrier-charges/errors", []));
        }
        steps.Add(Draft(review, draftJob, changes));
        steps.Add(Gate(RunGate.PreBillingReport, "Check the pre-billing report", run.DraftHash is null ? "The draft comes first." : Drafted(review, tenant), null,
            run.DraftHash is null ? ["There is no draft yet."] : []));
        steps.Add(Request(run, steps, changes));
        steps.Add(Post(review, postJob));
        steps.Add(Print(review, postJob, printed));
        return new NextSteps(review, InOrder(steps), draftJob, postJob, printed, changes);

        NextStep Gate(string gate, string title, string facts, string? page, IReadOnlyList<string> blocks)
        {
            var confirmation = review.Confirmations.FirstOrDefault(c => c.Gate == gate);
            return new(gate, title, confirmation is not null || !isPending ? NextStepState.Done : blocks.Count > 0 ? NextStepState.Blocked : NextStepState.Now, facts, page, confirmation, blocks);
        }
    }

    // Only the first step that is not done is anybody's turn.
    private static IReadOnlyList<NextStep> InOrder(IReadOnlyList<NextStep> steps)
    {
        var isOpen = true;
        return [.. steps.Select(step =>
        {
            if (step.State == NextStepState.Done) return step;
            var shown = isOpen || step.State == NextStepState.Working ? step : step with { State = NextStepState.Later };
            isOpen = false;
            return shown;
        })];
    }

    private static NextStep Dates(BillingRun run) => new("dates", "Set dates", NextStepState.Done, string.Create(CultureInfo.InvariantCulture,
        $"Invoices of {run.Fields.InvoiceDate:d MMM yyyy}, charges up to and including {run.Fields.CutoffOn:d MMM yyyy}."), null, null, []);

    private static NextStep Draft(RunReview review, Job? job, IReadOnlyList<string> changes)
    {
        var isWorking = job is { IsLive: true };
        var state = review.Run.Status != BillingRunStatus.Pending ? NextStepState.Done
            : isWorking ? NextStepState.Working
            : review.Run.DraftHash is null || changes.Count > 0 ? NextStepState.Now : NextStepState.Done;
        var facts = isWorking ? job!.Message ?? "Waiting for its turn."
            : changes.Count > 0 ? $"Since the last draft this changed: {string.Join("; ", changes)}."
            : review.Run.DraftHash is null ? "Computes every invoice and stores nothing but the result." : "The draft is up to date.";
        return new("draft", "Draft the invoices", state, facts, null, null, []);
    }

    private static NextStep Request(BillingRun run, List<NextStep> before, IReadOnlyList<string> changes)
    {
        if (run.Status != BillingRunStatus.Pending)
            return new("request", "Request bills", NextStepState.Done, run.RequestedBy is { } by ? $"Requested by {by}." : "Requested.", null, null, []);
        var open = before.Where(step => step.State != NextStepState.Done).Select(step => step.Title + " is not done.").Concat(changes.Count > 0 ? ["The draft is out of date."] : []).Distinct().ToList();
        return new("request", "Request bills", open.Count > 0 ? NextStepState.Blocked : NextStepState.Now, "From then on nothing of this run can be changed but by credit notes.", null, null, open);
    }

    private static NextStep Post(RunReview review, Job? job)
    {
        var totals = review.Totals;
        var facts = string.Create(CultureInfo.InvariantCulture, $"{totals.Invoices:N0} of {totals.Accounts:N0} invoices posted{(totals.Parked > 0 ? $", {totals.Parked:N0} accounts parked with a reason" : "")}.");
        return review.Run.Status switch
        {
            BillingRunStatus.Completed => new("post", "Post the invoices", NextStepState.Done, facts, null, null, []),
            BillingRunStatus.Pending => new("post", "Post the invoices", NextStepState.Later, "Follows the request by itself.", null, null, []),
            _ => new("post", "Post the invoices", job is { State: JobState.Failed } ? NextStepState.Blocked : NextStepState.Working, facts, null, null, FailureOf(job)),
        };
    }

    private static NextStep Print(RunReview review, Job? job, int printed)
    {
        if (review.Run.Status != BillingRunStatus.Completed) return new("print", "Print the PDFs", NextStepState.Later, "Follows the posting by itself.", null, null, []);
        var facts = string.Create(CultureInfo.InvariantCulture, $"{printed:N0} of {review.Totals.Invoices:N0} PDFs produced.");
        return printed == review.Totals.Invoices
            ? new("print", "Print the PDFs", NextStepState.Done, facts, null, null, [])
            : new("print", "Print the PDFs", job is { IsLive: true } ? NextStepState.Working : NextStepState.Now, facts, null, null, FailureOf(job));
    }

    private static IReadOnlyList<string> FailureOf(Job? job) => job?.Failure is { } failure ? [failure.Message] : [];

    private static async Task<(string Facts, IReadOnlyList<string> Blocks)> FilesAsync(TenantDb db, BillingRun run, CancellationToken cancellationToken)
    {
        var files = await UsageBalance.LoadAsync(db, run.Fields.CutoffOn, cancellationToken);
        var pending = await PendingFiles.LoadAsync(db, cancellationToken);
        var blocks = files.Where(f => !f.IsBalanced).Select(f => $"File '{f.Name}' has lines that are in no state: import it again.").ToList();
        if (pending.Count > 0) blocks.Add($"Files are pending: {pending}.");
        return (string.Create(CultureInfo.InvariantCulture, $"{files.Count:N0} files with {files.Sum(f => f.Lines):N0} lines are in."), blocks);
    }

    private static string ErrorsOf(IReadOnlyList<ErrorGroup> errors, Tenant tenant) => errors.Count == 0
        ? "No call is in error."
        : string.Create(CultureInfo.InvariantCulture, $"{errors.Sum(e => e.Calls):N0} calls can't be billed, for {errors.Count:N0} causes; at stake: {Stake.Sum(errors.Select(e => e.Stake)).Say(tenant.Currency)}.");

    /// <summary>Carriers' charges that nobody is known for, and what they come to, in each currency by itself.</summary>
    internal static string ChargesOf(IReadOnlyList<ChargeErrorGroup> errors, Tenant tenant)
    {
        var lines = errors.Sum(e => e.Lines);
        var sums = errors.Where(e => e.Cause.Currency.Length > 0).GroupBy(e => e.Cause.Currency).OrderBy(g => g.Key != tenant.Currency.Code).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Sum(e => e.Charges + e.Credits):0.00} {g.Key}")).ToList();
        return string.Create(CultureInfo.InvariantCulture,
            $"{lines:N0} recurring {(lines == 1 ? "charge" : "charges")} of carriers that nobody pays, for {errors.Count:N0} {(errors.Count == 1 ? "cause" : "causes")}; at stake: {(sums.Count == 0 ? "unknown" : (errors.Any(e => e.LinesWithoutAmount > 0) ? "at least " : "") + string.Join(" and ", sums))}");
    }

    private static string Drafted(RunReview review, Tenant tenant) =>
        string.Create(CultureInfo.InvariantCulture, $"{review.Totals.Accounts:N0} invoices over {review.Totals.Drafted:N2} {tenant.Currency}. Look at a few, above all those with changes.");
}
