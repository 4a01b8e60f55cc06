using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Invoicing.Invoices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.BillingRuns;

/// <summary>A tenant's billing runs: made, drafted as often as wanted, confirmed, and requested. Posting is <see cref="RunPosting"/>'s.</summary>
public sealed class BillingRunBook(Database database, TimeProvider clock)
{
    /// <summary>Opens a run, or answers with the open one when it has the same fields; a second open run is refused.</summary>
    public async Task<Result<BillingRun>> OpenAsync(Tenant tenant, BillingRunFields fields, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Check() is { } wrong) return wrong;
        await using var db = await database.BeginAsync(tenant.Id, cancellationToken);
        await db.LockAsync("billing-run", cancellationToken);
        if ((await LoadAsync(db, cancellationToken)).FirstOrDefault(r => r.Status is BillingRunStatus.Pending or BillingRunStatus.Requested or BillingRunStatus.Running) is { } open)
            return open.Fields == fields ? open : new Failure("run.another-open",
                $"Billing run {open.Id.Value} with the cutoff {open.Fields.CutoffOn:yyyy-MM-dd} is {open.Status}. Finish or cancel it first.");
        var id = await db.ScalarAsync<long>($"""
            insert into invoicing.billing_run (invoice_date, cutoff_on, due_on, message, status)
            values ({fields.InvoiceDate}, {fields.CutoffOn}, {fields.DueOn}, {fields.Message}, 'pending') returning run_id
            """, cancellationToken);
        await db.CommitAsync(cancellationToken);
        return new BillingRun(new BillingRunId(id), fields, BillingRunStatus.Pending, null, null, null);
    }

    /// <summary>All runs, newest first.</summary>
    public async Task<IReadOnlyList<BillingRun>> ListAsync(Tenant tenant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, cancellationToken);
        return await LoadAsync(db, cancellationToken);
    }

    /// <summary>Computes what the run would bill. Stores nothing but the result: each account's hash and total.</summary>
    public async Task<Result<RunDraft>> DraftAsync(Tenant tenant, BillingRunId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, cancellationToken);
        await db.LockAsync("rating", cancellationToken);
        if (await FindAsync(db, id, cancellationToken) is not { } run) return NotFound(id);
        if (run.Status != BillingRunStatus.Pending) return new Failure("run.not-pending", $"Billing run {id.Value} is {run.Status}: it can't be drafted any more.");
        var products = await ProductList.LoadAsync(db, cancellationToken);
        var (computed, skipped) = (new List<(Account Account, ComputedInvoice Invoice)>(), 0);
        foreach (var account in await AccountList.LoadAsync(db, cancellationToken))
        {
            if (InvoiceBuilder.Build(await InvoiceSources.LoadAsync(db, tenant, run.Fields, account, products, cancellationToken)) is { } invoice) computed.Add((account, invoice));
            else skipped++;
        }
        var hash = ComputedInvoice.HashOf(string.Join('\n', computed.Select(c => c.Account.Number + ' ' + c.Invoice.Hash)));
        await db.ExecuteAsync($"delete from invoicing.run_account where run_id = {id.Value}", cancellationToken);
        await db.ExecuteAsync($"""
            insert into invoicing.run_account (run_id, account_id, draft_hash, gross)
            select {id.Value}, * from unnest({computed.Select(c => c.Account.Id.Value).ToArray()}, {computed.Select(c => c.Invoice.Hash).ToArray()},
                                             {computed.Select(c => c.Invoice.Document.Gross).ToArray()})
            """, cancellationToken);
        await db.ExecuteAsync($"update invoicing.billing_run set draft_hash = {hash} where run_id = {id.Value}", cancellationToken);
        await db.CommitAsync(cancellationToken);
        return new RunDraft(hash, [.. computed.Select((c, n) => c.Invoice.Document with { Number = $"DRAFT-{n + 1}" })], skipped);
    }

    /// <summary>Notes that a person checked something; see <see cref="RunGate"/>. The first one who did stays on record.</summary>
    public async Task ConfirmAsync(Tenant tenant, BillingRunId id, string gate, string by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, cancellationToken);
        await db.ExecuteAsync($"""
            insert into invoicing.confirmation (run_id, gate, confirmed_by, confirmed_at) values ({id.Value}, {gate}, {by}, {clock.GetUtcNow().UtcDateTime})
            on conflict (tenant_id, run_id, gate) do nothing
            """, cancellationToken);
        await db.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Asks for the bills: every gate confirmed, every line of every file accounted for, and the draft that was approved still the one
    /// on record. Locks the four fields.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">Which run.</param>
    /// <param name="draftHash">The draft that was approved.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<Result<BillingRun>> RequestAsync(Tenant tenant, BillingRunId id, string draftHash, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, cancellationToken);
        await db.LockAsync("billing-run", cancellationToken);
        if (await FindAsync(db, id, cancellationToken) is not { } run) return NotFound(id);
        if (run.Status is BillingRunStatus.Requested or BillingRunStatus.Running or BillingRunStatus.Completed && run.DraftHash == draftHash) return run;
        if (run.Status != BillingRunStatus.Pending) return new Failure("run.not-pending", $"Billing run {id.Value} is {run.Status}.");
        if (run.DraftHash != draftHash) return new Failure("run.draft-changed", "The draft was made anew since it was approved. Look at it and approve it again.");

        var confirmed = await db.QueryAsync($"select gate from invoicing.confirmation where run_id = {id.Value}", row => row.Text(0), cancellationToken);
        var missing = RunGate.All.Except(confirmed, StringComparer.Ordinal).ToList();
        if (missing.Count > 0) return new Failure("run.not-confirmed", $"Not confirmed yet: {string.Join(", ", missing)}.");
        var unbalanced = (await UsageBalance.LoadAsync(db, InvoiceSources.CutoffOf(tenant, run.Fields), cancellationToken)).FirstOrDefault(f => !f.IsBalanced);
        if (unbalanced is not null) return new Failure("run.lines-missing", $"File '{unbalanced.Name}' has {unbalanced.Lines} lines, but not all of them are accounted for. Import it again before billing.");

        var requestedAt = clock.GetUtcNow();
        await db.ExecuteAsync($"update invoicing.billing_run set status = 'requested', requested_at = {requestedAt.UtcDateTime} where run_id = {id.Value}", cancellationToken);
        await db.CommitAsync(cancellationToken);
        return run with { Status = BillingRunStatus.Requested, RequestedAt = requestedAt };
    }

    /// <summary>Gives a run up that has posted nothing.</summary>
    public async Task<Result<BillingRun>> CancelAsync(Tenant tenant, BillingRunId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, cancellationToken);
        await db.LockAsync("billing-run", cancellationToken);
        if (await FindAsync(db, id, cancellationToken) is not { } run) return NotFound(id);
        if (await db.ScalarAsync<bool>($"select exists (select from invoicing.invoice where run_id = {id.Value})", cancellationToken))
            return new Failure("run.has-invoices", $"Billing run {id.Value} has posted invoices. What is posted is corrected by credit notes.");
        await db.ExecuteAsync($"update invoicing.billing_run set status = 'cancelled' where run_id = {id.Value} and status in ('pending', 'requested', 'running')", cancellationToken);
        await db.CommitAsync(cancellationToken);
        return run with { Status = BillingRunStatus.Cancelled };
    }

    internal static async Task<BillingRun?> FindAsync(TenantDb db, BillingRunId id, CancellationToken cancellationToken) =>
        (await LoadAsync(db, cancellationToken)).FirstOrDefault(r => r.Id == id);

    internal static Failure NotFound(BillingRunId id) => new("run.not-found", $"There is no billing run {id.Value}.");

    private static Task<List<BillingRun>> LoadAsync(TenantDb db, CancellationToken cancellationToken) => db.QueryAsync($"""
        select run_id, invoice_date, cutoff_on, due_on, message, status, draft_hash, requested_at, completed_at from invoicing.billing_run order by run_id desc
        """,
        row => new BillingRun(new BillingRunId(row.Long(0)), new BillingRunFields(row.Date(1), row.Date(2), row.Maybe<DateOnly?>(3), row.MaybeText(4)),
            Enum.Parse<BillingRunStatus>(row.Text(5), ignoreCase: true), row.MaybeText(6),
            row.IsNull(7) ? null : row.Instant(7), row.IsNull(8) ? null : row.Instant(8)), cancellationToken);
}
