using Billing.Abstractions.Values;
using Billing.Api.Webhooks;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Invoicing.Invoices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.Allowances;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.BillingRuns;

/// <summary>A tenant's billing runs: made, drafted as often as wanted, confirmed, and requested. Posting is <see cref="RunPosting"/>'s.</summary>
public sealed class BillingRunBook(Database database, TimeProvider clock)
{
    /// <summary>In whose name it is done.</summary>
    public Actor Actor { get; init; } = Actor.System;

    /// <summary>Opens a run, or answers with the open one when it has the same fields; a second open run is refused.</summary>
    public Task<Result<BillingRun>> OpenAsync(Tenant tenant, BillingRunFields fields, CancellationToken cancellationToken = default) =>
        CommitAsync(tenant, db => OpenAsync(db, fields, cancellationToken), cancellationToken);

    /// <summary>The same, in a transaction of the caller's; so are those below.</summary>
    internal static async Task<Result<BillingRun>> OpenAsync(TenantDb db, BillingRunFields fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Check() is { } wrong) return wrong;
        await db.LockAsync("billing-run", cancellationToken);
        if ((await LoadAsync(db, cancellationToken)).FirstOrDefault(r => r.Status is BillingRunStatus.Pending or BillingRunStatus.Requested or BillingRunStatus.Running) is { } open)
            return open.Fields == fields ? open : new Failure("run.another-open",
                $"Billing run {open.Id.Value} with the cutoff {open.Fields.CutoffOn:yyyy-MM-dd} is {open.Status}. Finish or cancel it first.");
        var id = await db.ScalarAsync<long>($"""
            insert into invoicing.billing_run (invoice_date, cutoff_on, due_on, message, status)
            values ({fields.InvoiceDate}, {fields.CutoffOn}, {fields.DueOn}, {fields.Message}, 'pending') returning run_id
            """, cancellationToken);
        return new BillingRun(new BillingRunId(id), fields, BillingRunStatus.Pending, null, null, null, null, null);
    }

    /// <summary>All runs, newest first.</summary>
    public async Task<IReadOnlyList<BillingRun>> ListAsync(Tenant tenant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken);
        return await LoadAsync(db, cancellationToken);
    }

    /// <summary>Computes what the run would bill. Stores nothing but the result: each account's hash and total.</summary>
    public Task<Result<RunDraft>> DraftAsync(Tenant tenant, BillingRunId id, CancellationToken cancellationToken = default) => DraftAsync(tenant, id, null, cancellationToken);

    /// <summary>The same, telling now and then how many accounts are computed.</summary>
    public async Task<Result<RunDraft>> DraftAsync(Tenant tenant, BillingRunId id, Func<int, int, Task>? progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        // Whatever was changed since a file last made somebody draw, by whomever: a charge's quantity, an allowance, a product. In a transaction of its own, so that
        // files are not kept waiting for as long as a draft takes.
        IReadOnlySet<AccountId> holders;
        await using (var drawing = await database.BeginAsync(tenant.Id, Actor, cancellationToken))
        {
            await drawing.LockAsync("rating", cancellationToken);
            holders = await AllowanceDraws.RedrawAllAsync(drawing, tenant, cancellationToken);
            await drawing.CommitAsync(cancellationToken);
        }
        await using var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken);
        await db.LockAsync("rating", cancellationToken);
        if (await FindAsync(db, id, cancellationToken) is not { } run) return NotFound(id);
        if (run.Status != BillingRunStatus.Pending) return new Failure("run.not-pending", $"Billing run {id.Value} is {run.Status}: it can't be drafted any more.");
        // Before anything is computed: what changes meanwhile is a change since the draft.
        var inputs = await DraftInputs.LoadAsync(db, tenant, run.Fields, cancellationToken);
        var products = await ProductList.LoadAsync(db, cancellationToken);
        var (computed, skipped) = (new List<(Account Account, string Hash, decimal Net, decimal Vat, decimal Gross, long Calls)>(), 0);
        var accounts = await AccountList.LoadAsync(db, cancellationToken);
        var calls = await UnbilledUsage.CountAsync(db, InvoiceSources.CutoffOf(tenant, run.Fields), cancellationToken);
        foreach (var (chunk, _) in AccountChunks.Of(accounts, account => calls.GetValueOrDefault(account.Id)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (progress is not null) await progress(computed.Count + skipped, accounts.Count);
            foreach (var sources in await InvoiceSources.LoadAsync(db, tenant, run.Fields, chunk, products, holders, cancellationToken))
            {
                if (InvoiceBuilder.Build(sources) is { Document: var document } invoice) computed.Add((sources.Account, invoice.Hash, document.Net, document.Vat, document.Gross, document.Usage?.Calls ?? 0));
                else skipped++;
            }
        }
        var hash = ComputedInvoice.HashOf(string.Join('\n', computed.Select(c => c.Account.Number + ' ' + c.Hash)));
        await db.ExecuteAsync($"delete from invoicing.run_account where run_id = {id.Value}", cancellationToken);
        await db.ExecuteAsync($"""
            insert into invoicing.run_account (run_id, account_id, draft_hash, gross, net, vat, calls)
            select {id.Value}, * from unnest({computed.Select(c => c.Account.Id.Value).ToArray()}, {computed.Select(c => c.Hash).ToArray()},
                                             {computed.Select(c => c.Gross).ToArray()}, {computed.Select(c => c.Net).ToArray()},
                                             {computed.Select(c => c.Vat).ToArray()}, {computed.Select(c => c.Calls).ToArray()})
            """, cancellationToken);
        var changed = await db.ExecuteAsync($"""
            update invoicing.billing_run set draft_hash = {hash}, draft_inputs = {inputs.ToString()}::jsonb, drafted_at = {clock.GetUtcNow().UtcDateTime}
            where run_id = {id.Value} and status = 'pending' and invoice_date = {run.Fields.InvoiceDate} and cutoff_on = {run.Fields.CutoffOn}
              and due_on is not distinct from {run.Fields.DueOn}::date and message is not distinct from {run.Fields.Message}::text
            """, cancellationToken);
        if (changed == 0) return new Failure("run.changed-meanwhile", $"Somebody changed or requested billing run {id.Value} while it was drafted. Nothing was stored; draft it again.");
        // Whoever read the draft before read another one.
        if (hash != run.DraftHash)
            await db.ExecuteAsync($"delete from invoicing.confirmation where run_id = {id.Value} and gate = {RunGate.PreBillingReport}", cancellationToken);
        await db.CommitAsync(cancellationToken);
        return new RunDraft(hash, computed.Count, computed.Sum(c => c.Net), computed.Sum(c => c.Vat), computed.Sum(c => c.Gross), skipped);
    }

    /// <summary>Notes that a person checked something; see <see cref="RunGate"/>. The first one who did stays on record.</summary>
    public async Task ConfirmAsync(Tenant tenant, BillingRunId id, string gate, string by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken);
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
    public Task<Result<BillingRun>> RequestAsync(Tenant tenant, BillingRunId id, string draftHash, CancellationToken cancellationToken = default) =>
        CommitAsync(tenant, db => RequestAsync(db, tenant, id, draftHash, cancellationToken), cancellationToken);

    internal async Task<Result<BillingRun>> RequestAsync(TenantDb db, Tenant tenant, BillingRunId id, string draftHash, CancellationToken cancellationToken)
    {
        await db.LockAsync("billing-run", cancellationToken);
        if (await FindAsync(db, id, cancellationToken) is not { } run) return NotFound(id);
        if (run.Status is BillingRunStatus.Requested or BillingRunStatus.Running or BillingRunStatus.Completed && run.DraftHash == draftHash) return run;
        if (run.Status != BillingRunStatus.Pending) return new Failure("run.not-pending", $"Billing run {id.Value} is {run.Status}.");
        if (run.DraftHash != draftHash) return new Failure("run.draft-changed", "The draft was made anew since it was approved. Look at it and approve it again.");

        var confirmed = await db.QueryAsync($"select gate from invoicing.confirmation where run_id = {id.Value}", row => row.Text(0), cancellationToken);
        var missing = (await RunGate.OfAsync(db, cancellationToken)).Except(confirmed, StringComparer.Ordinal).ToList();
        if (missing.Count > 0) return new Failure("run.not-confirmed", $"Not confirmed yet: {string.Join(", ", missing)}.");
        var unbalanced = (await UsageBalance.LoadAsync(db, run.Fields.CutoffOn, cancellationToken)).FirstOrDefault(f => !f.IsBalanced);
        if (unbalanced is not null) return new Failure("run.lines-missing", $"File '{unbalanced.Name}' has {unbalanced.Lines} lines, but not all of them are accounted for. Import it again before billing.");

        if (await ChangesAsync(db, tenant, run, cancellationToken) is { Count: > 0 } changes)
            return new Failure("run.inputs-changed", $"Since the draft was made, this changed: {string.Join("; ", changes)}. Draft the run again, look at it, and request that.");

        var requestedAt = clock.GetUtcNow();
        await db.ExecuteAsync($"update invoicing.billing_run set status = 'requested', requested_at = {requestedAt.UtcDateTime}, requested_by = {db.Actor.Name} where run_id = {id.Value}", cancellationToken);
        await WebhookBook.RaiseAsync(db, EventKind.RunRequested, requestedAt, new { Run = id.Value, run.Fields.InvoiceDate, run.Fields.CutoffOn }, cancellationToken);
        return run with { Status = BillingRunStatus.Requested, RequestedAt = requestedAt, RequestedBy = db.Actor.Name };
    }

    /// <summary>Changes the four fields of a run that is not requested. A draft of the old ones is forgotten, and so is that somebody read it.</summary>
    public Task<Result<BillingRun>> ChangeAsync(Tenant tenant, BillingRunId id, BillingRunFields fields, CancellationToken cancellationToken = default) =>
        CommitAsync(tenant, db => ChangeAsync(db, id, fields, cancellationToken), cancellationToken);

    internal static async Task<Result<BillingRun>> ChangeAsync(TenantDb db, BillingRunId id, BillingRunFields fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Check() is { } wrong) return wrong;
        await db.LockAsync("billing-run", cancellationToken);
        if (await FindAsync(db, id, cancellationToken) is not { } run) return NotFound(id);
        if (run.Fields == fields) return run;
        if (run.Status != BillingRunStatus.Pending) return new Failure("run.fields-locked", $"Billing run {id.Value} is {run.Status}: its dates and message are locked since it was requested.");
        await db.ExecuteAsync($"""
            update invoicing.billing_run set invoice_date = {fields.InvoiceDate}, cutoff_on = {fields.CutoffOn}, due_on = {fields.DueOn}::date, message = {fields.Message}::text,
                   draft_hash = null, draft_inputs = null, drafted_at = null
            where run_id = {id.Value}
            """, cancellationToken);
        await db.ExecuteAsync($"delete from invoicing.run_account where run_id = {id.Value}", cancellationToken);
        await db.ExecuteAsync($"delete from invoicing.confirmation where run_id = {id.Value} and gate = {RunGate.PreBillingReport}", cancellationToken);
        return run with { Fields = fields, DraftHash = null, DraftedAt = null };
    }

    /// <summary>Gives a run up that has posted nothing.</summary>
    public Task<Result<BillingRun>> CancelAsync(Tenant tenant, BillingRunId id, CancellationToken cancellationToken = default) =>
        CommitAsync(tenant, db => CancelAsync(db, id, cancellationToken), cancellationToken);

    internal static async Task<Result<BillingRun>> CancelAsync(TenantDb db, BillingRunId id, CancellationToken cancellationToken)
    {
        await db.LockAsync("billing-run", cancellationToken);
        if (await FindAsync(db, id, cancellationToken) is not { } run) return NotFound(id);
        if (await db.ScalarAsync<bool>($"select exists (select from invoicing.invoice where run_id = {id.Value})", cancellationToken))
            return new Failure("run.has-invoices", $"Billing run {id.Value} has posted invoices. What is posted is corrected by credit notes.");
        await db.ExecuteAsync($"update invoicing.billing_run set status = 'cancelled' where run_id = {id.Value} and status in ('pending', 'requested', 'running')", cancellationToken);
        return run with { Status = BillingRunStatus.Cancelled };
    }

    private async Task<Result<BillingRun>> CommitAsync(Tenant tenant, Func<TenantDb, Task<Result<BillingRun>>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken);
        var result = await work(db);
        if (result.IsSuccess) await db.CommitAsync(cancellationToken);
        return result;
    }

    internal static async Task<BillingRun?> FindAsync(TenantDb db, BillingRunId id, CancellationToken cancellationToken) =>
        (await LoadAsync(db, cancellationToken)).FirstOrDefault(r => r.Id == id);

    internal static Failure NotFound(BillingRunId id) => new("run.not-found", $"There is no billing run {id.Value}.");

    private static Task<List<BillingRun>> LoadAsync(TenantDb db, CancellationToken cancellationToken) => db.QueryAsync($"""
        select run_id, invoice_date, cutoff_on, due_on, message, status, draft_hash, drafted_at, requested_at, requested_by, completed_at from invoicing.billing_run order by run_id desc
        """,
        row => new BillingRun(new BillingRunId(row.Long(0)), new BillingRunFields(row.Date(1), row.Date(2), row.Maybe<DateOnly?>(3), row.MaybeText(4)),
            Enum.Parse<BillingRunStatus>(row.Text(5), ignoreCase: true), row.MaybeText(6),
            row.IsNull(7) ? null : row.Instant(7), row.IsNull(8) ? null : row.Instant(8), row.MaybeText(9), row.IsNull(10) ? null : row.Instant(10)), cancellationToken);

    /// <summary>What changed since a run was drafted, as sentences; empty when nothing did, or where the draft is older than this question.</summary>
    internal static async Task<IReadOnlyList<string>> ChangesAsync(TenantDb db, Tenant tenant, BillingRun run, CancellationToken cancellationToken)
    {
        var stored = await db.FindAsync($"select draft_inputs::text from invoicing.billing_run where run_id = {run.Id.Value}", row => row.MaybeText(0), cancellationToken);
        if (stored is null) return [];
        var changes = DraftInputs.Parse(stored);
        var now = await DraftInputs.LoadAsync(db, tenant, run.Fields, cancellationToken);
        var numbers = (await db.QueryAsync($"select account_id, number from customers.account", row => (Id: row.Long(0), Number: row.Text(1)), cancellationToken)).ToDictionary(a => a.Id, a => a.Number);
        return changes.Changes(now, account => numbers.GetValueOrDefault(account, "(gone)"));
    }
}
