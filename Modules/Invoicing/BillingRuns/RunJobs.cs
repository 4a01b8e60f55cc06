using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Delivery.Rendering;
using Billing.Delivery.Templates;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;

namespace Billing.Invoicing.BillingRuns;

/// <summary>The two long steps of a run as jobs: drafting it, and posting and printing what was requested.</summary>
/// <param name="database">The installation's.</param>
/// <param name="clock">The time.</param>
/// <param name="template">The template that invoices are printed from; read when a run is posted.</param>
/// <param name="printer">Makes the PDFs.</param>
public sealed class RunJobs(Database database, TimeProvider clock, Func<TemplateSet> template, PdfPrinter printer)
{
    /// <summary>The job that drafts.</summary>
    public const string DraftKind = "billing.draft";

    /// <summary>The job that posts and prints.</summary>
    public const string PostKind = "billing.post";

    /// <summary>Asks for a draft. A draft that is being made already is answered with.</summary>
    public Task<Result<JobId>> RequestDraftAsync(Tenant tenant, Actor actor, BillingRunId id, CancellationToken cancellationToken = default) =>
        CommitAsync(tenant, actor, db => RequestDraftAsync(db, id, cancellationToken), cancellationToken);

    /// <summary>The same, in a transaction of the caller's; so are those below.</summary>
    internal async Task<Result<JobId>> RequestDraftAsync(TenantDb db, BillingRunId id, CancellationToken cancellationToken)
    {
        if (await BillingRunBook.FindAsync(db, id, cancellationToken) is not { } run) return BillingRunBook.NotFound(id);
        if (run.Status != BillingRunStatus.Pending) return new Failure("run.not-pending", $"Billing run {id.Value} is {run.Status}: it can't be drafted any more.");
        return (await JobBook.RequestAsync(db, DraftKind, SubjectOf(id), new { }, clock.GetUtcNow(), mayCancel: true, cancellationToken)).Id;
    }

    /// <summary>Requests the bills of a draft and asks for them to be posted, both or neither. The second of two people is told who was first.</summary>
    public Task<Result<JobId>> RequestBillsAsync(Tenant tenant, Actor actor, BillingRunId id, string draftHash, CancellationToken cancellationToken = default) =>
        CommitAsync(tenant, actor, db => RequestBillsAsync(db, tenant, id, draftHash, cancellationToken), cancellationToken);

    internal async Task<Result<JobId>> RequestBillsAsync(TenantDb db, Tenant tenant, BillingRunId id, string draftHash, CancellationToken cancellationToken)
    {
        // Held until the end, so that of two at once the second one sees what the first one did.
        await db.LockAsync("billing-run", cancellationToken);
        var before = await BillingRunBook.FindAsync(db, id, cancellationToken);
        var book = new BillingRunBook(database, clock) { Actor = db.Actor };
        if (!(await book.RequestAsync(db, tenant, id, draftHash, cancellationToken)).TryGet(out var run, out var failure)) return failure;
        if (before?.Status != BillingRunStatus.Pending) return new Failure("run.requested-already", $"{run.RequestedBy ?? "Somebody"} requested these bills already. They are posted once.");
        return (await JobBook.RequestAsync(db, PostKind, SubjectOf(id), new { }, clock.GetUtcNow(), cancellationToken: cancellationToken)).Id;
    }

    /// <summary>Asks for the rest of a requested run: after a failure, or when PDFs are missing.</summary>
    public Task<Result<JobId>> GoOnAsync(Tenant tenant, Actor actor, BillingRunId id, CancellationToken cancellationToken = default) =>
        CommitAsync(tenant, actor, db => GoOnAsync(db, id, cancellationToken), cancellationToken);

    internal async Task<Result<JobId>> GoOnAsync(TenantDb db, BillingRunId id, CancellationToken cancellationToken)
    {
        if (await BillingRunBook.FindAsync(db, id, cancellationToken) is not { } run) return BillingRunBook.NotFound(id);
        if (run.Status is BillingRunStatus.Pending or BillingRunStatus.Cancelled) return new Failure("run.not-requested", $"Billing run {id.Value} is {run.Status}: request it first.");
        return (await JobBook.RequestAsync(db, PostKind, SubjectOf(id), new { }, clock.GetUtcNow(), cancellationToken: cancellationToken)).Id;
    }

    private async Task<Result<JobId>> CommitAsync(Tenant tenant, Actor actor, Func<TenantDb, Task<Result<JobId>>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, actor, cancellationToken);
        var result = await work(db);
        if (result.IsSuccess) await db.CommitAsync(cancellationToken);
        return result;
    }

    internal static string SubjectOf(BillingRunId id) => string.Create(CultureInfo.InvariantCulture, $"run/{id.Value}");

    internal async Task<Result<string>> DraftAsync(JobRun job, CancellationToken cancellationToken)
    {
        var book = new BillingRunBook(database, clock) { Actor = job.Actor };
        var drafted = await book.DraftAsync(job.Tenant, RunOf(job), (done, total) =>
            job.ReportAsync(done, total, string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {total:N0} accounts computed"), cancellationToken), cancellationToken);
        return drafted.TryGet(out var draft, out var failure)
            ? string.Create(CultureInfo.InvariantCulture, $"{draft.Invoices:N0} invoices over {draft.Gross:N2} {job.Tenant.Currency}; {draft.Skipped:N0} accounts have nothing to bill.")
            : failure;
    }

    internal async Task<Result<string>> PostAsync(JobRun job, CancellationToken cancellationToken)
    {
        var id = RunOf(job);
        int accounts;
        await using (var db = await job.BeginAsync(cancellationToken))
            accounts = (int)await db.ScalarAsync<long>($"select count(*) from customers.account", cancellationToken);
        var posting = new RunPosting(database, clock) { Actor = job.Actor };
        var steps = job.Steps(accounts, done => string.Create(CultureInfo.InvariantCulture, $"Posting: {done:N0} of {accounts:N0} accounts done"));
        if (!(await posting.PostAsync(job.Tenant, id, template(), steps, cancellationToken)).TryGet(out var outcome, out var failure)) return failure;

        var printing = new InvoicePrinting(database, printer, clock) { Actor = job.Actor };
        var pages = job.Steps(outcome.Posted, done => string.Create(CultureInfo.InvariantCulture, $"Printing: {done:N0} of {outcome.Posted:N0} PDFs"));
        var broken = await printing.PrintAsync(job.Tenant, id, Environment.ProcessorCount, pages, cancellationToken);
        if (broken.Count > 0)
            return new Failure(broken[0].Code, string.Create(CultureInfo.InvariantCulture, $"All invoices are posted, but {broken.Count:N0} could not be printed. The first: {broken[0].Message}"));
        return string.Create(CultureInfo.InvariantCulture, $"{outcome.Posted:N0} invoices posted and printed{(outcome.Parked.Count > 0 ? $"; {outcome.Parked.Count:N0} accounts parked, each with its reason" : "")}.");
    }

    private static BillingRunId RunOf(JobRun job) => new(long.Parse(job.Subject.AsSpan("run/".Length), NumberStyles.None, CultureInfo.InvariantCulture));
}
