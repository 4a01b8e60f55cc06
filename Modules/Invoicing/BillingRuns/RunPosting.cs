using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Api.Webhooks;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Delivery.Templates;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Ledger.Journal;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.Allowances;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.BillingRuns;

/// <summary>
/// Posts a requested run, some accounts a transaction, in the order of account numbers, so that a run killed at any instruction goes on where it stopped and ends as if nothing had
/// happened (docs/decisions/0021). An account that can't be posted is parked with the reason, and keeps nobody else waiting.
/// </summary>
public sealed class RunPosting(Database database, TimeProvider clock)
{
    /// <summary>The series that a tenant's invoices are numbered in.</summary>
    public const string Series = "INV";

    /// <summary>In whose name it is done.</summary>
    public Actor Actor { get; init; } = Actor.System;

    /// <summary>Accounts that are posted in one transaction at most.</summary>
    public int AccountsAtOnce { get; init; } = AccountChunks.MostAccounts;

    /// <summary>Posts what is not posted yet.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">A run that is requested, running, or completed (which is then left alone).</param>
    /// <param name="template">What its invoices are printed from, now and later.</param>
    /// <param name="progress">Told after each transaction how many accounts are done.</param>
    /// <param name="cancellationToken">Stops; what is committed stays.</param>
    public async Task<Result<PostingOutcome>> PostAsync(Tenant tenant, BillingRunId id, TemplateSet template, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(template);
        // A template that does not compile would only be noticed at printing, when the invoices are law already.
        try
        {
            template.Compile();
        }
        catch (DocumentTemplateException broken)
        {
            return new Failure("run.template-broken", $"The invoice template can't be used, so nothing was posted. {broken.Message}");
        }

        BillingRunFields fields;
        IReadOnlyList<Account> accounts;
        IReadOnlyDictionary<ProductId, Product> products;
        Dictionary<long, long> waiting;
        await using (var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken))
        {
            if (await BillingRunBook.FindAsync(db, id, cancellationToken) is not { } run) return BillingRunBook.NotFound(id);
            if (run.Status is BillingRunStatus.Pending or BillingRunStatus.Cancelled) return new Failure("run.not-requested", $"Billing run {id.Value} is {run.Status}: request it first.");
            if (run.Status == BillingRunStatus.Completed) return await OutcomeAsync(db, id, cancellationToken);
            fields = run.Fields;
            accounts = await AccountList.LoadAsync(db, cancellationToken);
            products = await ProductList.LoadAsync(db, cancellationToken);
            await template.KeepAsync(db, clock.GetUtcNow(), cancellationToken);
            await db.ExecuteAsync($"update invoicing.billing_run set status = 'running' where run_id = {id.Value} and status = 'requested'", cancellationToken);
            waiting = (await db.QueryAsync($"select account_id, calls from invoicing.run_account where run_id = {id.Value} and status = 'drafted'", row => (Account: row.Long(0), Calls: row.Long(1)), cancellationToken))
                .ToDictionary(one => one.Account, one => one.Calls);
            await db.CommitAsync(cancellationToken);
        }

        var order = new Order(tenant, id, fields, products, template);
        foreach (var (chunk, done) in AccountChunks.Of(accounts, account => waiting.TryGetValue(account.Id.Value, out var calls) ? calls : null, AccountsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await PostAsync(order, chunk, cancellationToken);
            progress?.Report(done);
        }
        progress?.Report(accounts.Count);
        return await CompleteAsync(tenant, id, fields, accounts, cancellationToken);
    }

    private async Task PostAsync(Order order, IReadOnlyList<Account> chunk, CancellationToken cancellationToken)
    {
        var reason = "New calls came in while its invoice was being posted. Nothing was billed; draft and approve again.";
        try
        {
            if (await TryPostAsync(order, chunk, cancellationToken)) return;
        }
        catch (DbException refused) when (refused.SqlState?.StartsWith("23", StringComparison.Ordinal) == true)
        {
            // Without the state's number and the notes that the driver puts around it.
            reason = $"The books refused its invoice: {refused.Data["MessageText"] ?? refused.Message} Nothing was billed; look at the account's charges, then draft and approve again.";
        }
        // One of them is at fault, and the others must not wait for it: each by itself.
        if (chunk.Count > 1)
        {
            foreach (var account in chunk) await PostAsync(order, [account], cancellationToken);
            return;
        }
        await using var db = await database.BeginAsync(order.Tenant.Id, Actor, cancellationToken);
        await ParkAsync(db, order.Run, [(chunk[0], reason)], cancellationToken);
        await db.CommitAsync(cancellationToken);
    }

    // Posts all of them or, where calls came in meanwhile, none.
    private async Task<bool> TryPostAsync(Order order, IReadOnlyList<Account> chunk, CancellationToken cancellationToken)
    {
        var (tenant, id, fields, products, template) = order;
        await using var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken);
        // Re-rating holds the same lock: no price changes between computing an invoice and claiming its calls.
        await db.LockAsync("rating", cancellationToken);
        var drafted = (await db.QueryAsync($"select account_id, draft_hash, gross from invoicing.run_account where run_id = {id.Value} and account_id = any({chunk.Select(a => a.Id.Value).ToArray()}) and status = 'drafted' for update",
            row => (Account: row.Long(0), Hash: row.Text(1), Gross: row.Decimal(2)), cancellationToken)).ToDictionary(one => one.Account, one => (one.Hash, one.Gross));
        // Another host may have been faster.
        List<Account> accounts = [.. chunk.Where(account => drafted.ContainsKey(account.Id.Value))];
        if (accounts.Count == 0) return true;
        // Also keeps files out that would draw for these accounts: they wait until the calls are claimed, and draw on top of them.
        var holders = await AllowanceDraws.RedrawAsync(db, tenant, [.. accounts.Select(account => account.Id)], cancellationToken);

        var (ready, parked) = (new List<(Account Account, InvoiceSources Sources, ComputedInvoice Invoice)>(), new List<(Account, string)>());
        foreach (var sources in await InvoiceSources.LoadAsync(db, tenant, fields, accounts, products, holders, cancellationToken))
        {
            var invoice = InvoiceBuilder.Build(sources);
            var (hash, gross) = drafted[sources.Account.Id.Value];
            if (invoice?.Hash != hash)
                parked.Add((sources.Account, string.Create(CultureInfo.InvariantCulture,
                    $"Changed since the draft was approved: it was {gross:0.00} {tenant.Currency}, now it is {invoice?.Document.Gross ?? 0:0.00}. Nothing was billed; draft and approve again.")));
            else if (invoice.Document.Gross < 0)
                parked.Add((sources.Account, string.Create(CultureInfo.InvariantCulture,
                    $"The total is negative ({invoice.Document.Gross:0.00} {tenant.Currency}). Credit the account by a credit note; its charges stay open.")));
            else ready.Add((sources.Account, sources, invoice));
        }
        await ParkAsync(db, id, parked, cancellationToken);
        if (ready.Count > 0)
        {
            var postedAt = clock.GetUtcNow();
            var numbered = await NumberAsync(db, [.. ready.Select(one => one.Invoice.Document)], cancellationToken);
            var documents = numbered.Select(one => one.Document).ToList();
            var invoices = await StoreAsync(db, order, [.. ready.Select((one, n) => (one.Sources, numbered[n].Sequence, documents[n]))], postedAt, cancellationToken);
            await StoreLinesAsync(db, [.. ready.Select((one, n) => (invoices[one.Account.Id], one.Invoice, documents[n]))], cancellationToken);
            var claimed = await UnbilledUsage.ClaimAsync(db, invoices, InvoiceSources.CutoffOf(tenant, fields), cancellationToken);
            // A file came in while an invoice was being computed: what was just written is undone.
            if (ready.Any(one => claimed.GetValueOrDefault(one.Account.Id) != one.Sources.Calls.Count)) return false;
            await AddDestinationsAsync(db, id, ready.SelectMany(one => one.Sources.Calls), cancellationToken);
            await JournalBook.EnterAsync(db, [.. ready.Select((one, n) => EntryOf(one.Account, documents[n]))], postedAt, cancellationToken);
            await db.ExecuteAsync($"update invoicing.run_account set status = 'posted' where run_id = {id.Value} and account_id = any({ready.Select(one => one.Account.Id.Value).ToArray()})", cancellationToken);
            await WebhookBook.RaiseAllAsync(db, EventKind.InvoicePosted, postedAt, documents.Select(document => new
            {
                document.Number, Run = id.Value, document.Buyer.AccountNumber, document.InvoiceDate, document.DueOn, document.Currency, document.Net, document.Vat, document.Gross,
            }), cancellationToken);
        }
        await db.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<IReadOnlyList<(long Sequence, InvoiceDocument Document)>> NumberAsync(TenantDb db, IReadOnlyList<InvoiceDocument> drafts, CancellationToken cancellationToken)
    {
        var first = await db.ScalarAsync<long>($"""
            insert into invoicing.number_series (series, next) values ({Series}, {drafts.Count} + 1)
            on conflict (tenant_id, series) do update set next = invoicing.number_series.next + {drafts.Count}
            returning next - {drafts.Count}
            """, cancellationToken);
        return [.. drafts.Select((draft, n) => (first + n, draft with { IsDraft = false, Number = string.Create(CultureInfo.InvariantCulture, $"{Series}-{first + n:000000}") }))];
    }

    private static async Task<IReadOnlyDictionary<AccountId, long>> StoreAsync(
        TenantDb db, Order order, IReadOnlyList<(InvoiceSources Sources, long Sequence, InvoiceDocument Document)> posted, DateTimeOffset postedAt, CancellationToken cancellationToken)
    {
        var models = posted.Select(one => JsonSerializer.Serialize(one.Document, ComputedInvoice.Json)).ToArray();
        return (await db.QueryAsync($"""
            insert into invoicing.invoice (run_id, account_id, series, sequence, number, invoice_date, tax_point, due_on, currency, net, vat, gross,
                                           model, model_hash, template, template_hash, posted_at, calls, seconds)
            select {order.Run.Value}, i.account_id, {Series}, i.sequence, i.number, i.invoice_date, i.tax_point, i.due_on, i.currency, i.net, i.vat, i.gross,
                   i.model, i.model_hash, {order.Template.Name}, {order.Template.Hash}, {postedAt.UtcDateTime}, i.calls, i.seconds
            from unnest({posted.Select(one => one.Sources.Account.Id.Value).ToArray()}, {posted.Select(one => one.Sequence).ToArray()}, {posted.Select(one => one.Document.Number).ToArray()},
                        {posted.Select(one => one.Document.InvoiceDate).ToArray()}, {posted.Select(one => one.Document.TaxPoint).ToArray()}, {posted.Select(one => one.Document.DueOn).ToArray()},
                        {posted.Select(one => one.Document.Currency).ToArray()}, {posted.Select(one => one.Document.Net).ToArray()}, {posted.Select(one => one.Document.Vat).ToArray()},
                        {posted.Select(one => one.Document.Gross).ToArray()}, {models}, {models.Select(ComputedInvoice.HashOf).ToArray()},
                        {posted.Select(one => (long)one.Sources.Calls.Count).ToArray()}, {posted.Select(one => one.Sources.Calls.Sum(call => (long)call.Seconds)).ToArray()})
                 as i(account_id, sequence, number, invoice_date, tax_point, due_on, currency, net, vat, gross, model, model_hash, calls, seconds)
            order by i.sequence
            returning account_id, invoice_id
            """, row => (Account: new AccountId(row.Long(0)), Invoice: row.Long(1)), cancellationToken)).ToDictionary(one => one.Account, one => one.Invoice);
    }

    private static async Task StoreLinesAsync(TenantDb db, IReadOnlyList<(long Id, ComputedInvoice Invoice, InvoiceDocument Document)> posted, CancellationToken cancellationToken)
    {
        var lines = posted.SelectMany(one => one.Document.Lines.Select(line => (one.Id, Line: line))).ToList();
        await db.ExecuteAsync($"""
            insert into invoicing.invoice_line (invoice_id, line, kind, description, quantity, net, tax_category, tax_rate, nominal_code, period)
            select l.invoice_id, l.line, l.kind, l.description, l.quantity, l.net, l.tax_category, l.tax_rate, l.nominal_code,
                   case when l.first_on is not null then daterange(l.first_on, l.last_on, '[]') end
            from unnest({lines.Select(l => l.Id).ToArray()}, {lines.Select(l => l.Line.Line).ToArray()}, {lines.Select(l => l.Line.Kind).ToArray()}, {lines.Select(l => l.Line.Description).ToArray()},
                        {lines.Select(l => l.Line.Quantity).ToArray()}, {lines.Select(l => l.Line.Net).ToArray()}, {lines.Select(l => l.Line.TaxCategory).ToArray()},
                        {lines.Select(l => l.Line.TaxRate).ToArray()}, {lines.Select(l => l.Line.NominalCode).ToArray()},
                        {lines.Select(l => l.Line.Period?.From).ToArray()}::date[], {lines.Select(l => l.Line.Period?.Through).ToArray()}::date[])
                 as l(invoice_id, line, kind, description, quantity, net, tax_category, tax_rate, nominal_code, first_on, last_on)
            """, cancellationToken);
        var slices = posted.SelectMany(one => one.Invoice.Slices.Select(slice => (one.Id, slice.Subscription, slice.Slice))).ToList();
        if (slices.Count > 0)
            await db.ExecuteAsync($"""
                insert into invoicing.recurring_slice (subscription_id, period, amount, invoice_id)
                select s.subscription_id, daterange(s.first_on, s.end_on), s.amount, s.invoice_id
                from unnest({slices.Select(s => s.Subscription.Value).ToArray()}, {slices.Select(s => s.Slice.Period.From).ToArray()}, {slices.Select(s => s.Slice.Period.To).ToArray()}::date[],
                            {slices.Select(s => s.Slice.Amount).ToArray()}, {slices.Select(s => s.Id).ToArray()}) as s(subscription_id, first_on, end_on, amount, invoice_id)
                """, cancellationToken);
        var oneOffs = posted.SelectMany(one => one.Invoice.OneOffs.Select(charge => (Charge: charge, one.Id))).ToList();
        if (oneOffs.Count > 0)
            await db.ExecuteAsync($"insert into invoicing.one_off_claim (charge_id, invoice_id) select * from unnest({oneOffs.Select(o => o.Charge).ToArray()}, {oneOffs.Select(o => o.Id).ToArray()})", cancellationToken);
    }

    private static async Task AddDestinationsAsync(TenantDb db, BillingRunId id, IEnumerable<BillableCall> calls, CancellationToken cancellationToken)
    {
        var totals = calls.GroupBy(call => call.Destination, StringComparer.Ordinal)
            .Select(its => (Name: its.Key, Calls: its.LongCount(), Seconds: its.Sum(call => (long)call.Seconds), Charge: its.Sum(call => call.Charge)))
            .OrderBy(total => total.Name, StringComparer.Ordinal).ToList();
        if (totals.Count == 0) return;
        await db.ExecuteAsync($"""
            insert into invoicing.run_destination as d (run_id, destination, calls, seconds, charge)
            select {id.Value}, * from unnest({totals.Select(t => t.Name).ToArray()}, {totals.Select(t => t.Calls).ToArray()}, {totals.Select(t => t.Seconds).ToArray()}, {totals.Select(t => t.Charge).ToArray()})
            on conflict (tenant_id, run_id, destination) do update set calls = d.calls + excluded.calls, seconds = d.seconds + excluded.seconds, charge = d.charge + excluded.charge
            """, cancellationToken);
    }

    private static JournalEntry EntryOf(Account account, InvoiceDocument document)
    {
        var currency = Currency.Of(document.Currency);
        var revenue = document.Lines.GroupBy(line => line.NominalCode, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Posting(LedgerAccounts.Revenue(group.Key), null, new Money(-group.Sum(line => line.Net), currency)));
        var postings = new List<Posting> { new(LedgerAccounts.Receivables, account.Id, new Money(document.Gross, currency)) };
        postings.AddRange(revenue);
        postings.Add(new Posting(LedgerAccounts.VatOutput, null, new Money(-document.Vat, currency)));
        return new JournalEntry(IssuedInvoice.SubjectOf(document.Number), document.InvoiceDate, [.. postings.Where(p => p.Amount.Amount != 0)]);
    }

    private static async Task ParkAsync(TenantDb db, BillingRunId id, List<(Account Account, string Reason)> parked, CancellationToken cancellationToken)
    {
        if (parked.Count == 0) return;
        await db.ExecuteAsync($"""
            update invoicing.run_account r set status = 'parked', reason = p.reason
            from unnest({parked.Select(p => p.Account.Id.Value).ToArray()}, {parked.Select(p => p.Reason).ToArray()}) as p(account_id, reason)
            where r.run_id = {id.Value} and r.account_id = p.account_id
            """, cancellationToken);
    }

    private async Task<Result<PostingOutcome>> CompleteAsync(Tenant tenant, BillingRunId id, BillingRunFields fields, IReadOnlyList<Account> accounts, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken);
        var billed = (await db.QueryAsync($"select account_id from invoicing.run_account where run_id = {id.Value}", row => row.Long(0), cancellationToken)).ToHashSet();
        await UnbilledUsage.SettleFreeAsync(db, [.. accounts.Select(a => a.Id).Where(a => !billed.Contains(a.Value))], InvoiceSources.CutoffOf(tenant, fields), cancellationToken);
        await UsageTally.FoldAsync(db, cancellationToken);
        var completedAt = clock.GetUtcNow();
        var changed = await db.ExecuteAsync($"update invoicing.billing_run set status = 'completed', completed_at = {completedAt.UtcDateTime} where run_id = {id.Value} and status = 'running'", cancellationToken);
        var outcome = await OutcomeAsync(db, id, cancellationToken);
        if (changed == 1) await WebhookBook.RaiseAsync(db, EventKind.RunCompleted, completedAt, new { Run = id.Value, Invoices = outcome.Posted, ParkedAccounts = outcome.Parked.Count }, cancellationToken);
        await db.CommitAsync(cancellationToken);
        return outcome;
    }

    private static async Task<PostingOutcome> OutcomeAsync(TenantDb db, BillingRunId id, CancellationToken cancellationToken) => new(
        (int)await db.ScalarAsync<long>($"select count(*) from invoicing.invoice where run_id = {id.Value}", cancellationToken),
        await ParkedAsync(db, id, cancellationToken));

    internal static Task<List<ParkedAccount>> ParkedAsync(TenantDb db, BillingRunId id, CancellationToken cancellationToken) => db.QueryAsync($"""
        select a.number, a.name, r.reason from invoicing.run_account r join customers.account a using (tenant_id, account_id)
        where r.run_id = {id.Value} and r.status = 'parked' order by a.number collate "C"
        """, row => new ParkedAccount(row.Text(0), row.Text(1), row.Text(2)), cancellationToken);

    private sealed record Order(Tenant Tenant, BillingRunId Run, BillingRunFields Fields, IReadOnlyDictionary<ProductId, Product> Products, TemplateSet Template);
}
