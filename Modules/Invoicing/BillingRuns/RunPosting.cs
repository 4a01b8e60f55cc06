using System.Globalization;
using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Api.Webhooks;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Delivery.Templates;
using Billing.Invoicing.Invoices;
using Billing.Ledger.Journal;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.Allowances;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.BillingRuns;

/// <summary>
/// Posts a requested run: one transaction an account, in the order of account numbers, so that a run killed at any instruction goes on where it
/// stopped and ends as if nothing had happened.
/// </summary>
public sealed class RunPosting(Database database, TimeProvider clock)
{
    /// <summary>The series that a tenant's invoices are numbered in.</summary>
    public const string Series = "INV";

    /// <summary>In whose name it is done.</summary>
    public Actor Actor { get; init; } = Actor.System;

    /// <summary>Posts what is not posted yet.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">A run that is requested, running, or completed (which is then left alone).</param>
    /// <param name="template">What its invoices are printed from, now and later.</param>
    /// <param name="progress">Told after each account how many are done.</param>
    /// <param name="cancellationToken">Stops after the account at hand.</param>
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
        HashSet<long> waiting;
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
            waiting = [.. await db.QueryAsync($"select account_id from invoicing.run_account where run_id = {id.Value} and status = 'drafted'", row => row.Long(0), cancellationToken)];
            await db.CommitAsync(cancellationToken);
        }

        var done = 0;
        foreach (var account in accounts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (waiting.Contains(account.Id.Value)) await PostAsync(tenant, id, fields, account, products, template, cancellationToken);
            progress?.Report(++done);
        }
        return await CompleteAsync(tenant, id, fields, accounts, cancellationToken);
    }

    private async Task PostAsync(
        Tenant tenant, BillingRunId id, BillingRunFields fields, Account account, IReadOnlyDictionary<ProductId, Product> products, TemplateSet template, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken);
        // Re-rating holds the same lock: no price changes between computing the invoice and claiming its calls.
        await db.LockAsync("rating", cancellationToken);
        var drafted = await db.FindAsync($"select draft_hash, gross from invoicing.run_account where run_id = {id.Value} and account_id = {account.Id.Value} and status = 'drafted' for update",
            row => new { Hash = row.Text(0), Gross = row.Decimal(1) }, cancellationToken);
        if (drafted is null) return;
        // Also keeps files out that would draw for this account: they wait until its calls are claimed, and draw on top of them.
        var hasAllowances = await AllowanceDraws.RedrawAsync(db, tenant, account.Id, cancellationToken);

        var sources = await InvoiceSources.LoadAsync(db, tenant, fields, account, products, hasAllowances, cancellationToken);
        var invoice = InvoiceBuilder.Build(sources);
        if (invoice?.Hash != drafted.Hash)
        {
            await ParkAsync(db, id, account, string.Create(CultureInfo.InvariantCulture,
                $"Changed since the draft was approved: it was {drafted.Gross:0.00} {tenant.Currency}, now it is {invoice?.Document.Gross ?? 0:0.00}. Nothing was billed; draft and approve again."), cancellationToken);
            return;
        }
        if (invoice.Document.Gross < 0)
        {
            await ParkAsync(db, id, account, string.Create(CultureInfo.InvariantCulture,
                $"The total is negative ({invoice.Document.Gross:0.00} {tenant.Currency}). Credit the account by a credit note; its charges stay open."), cancellationToken);
            return;
        }

        var postedAt = clock.GetUtcNow();
        var sequence = await db.ScalarAsync<long>($"""
            insert into invoicing.number_series (series, next) values ({Series}, 2)
            on conflict (tenant_id, series) do update set next = invoicing.number_series.next + 1
            returning next - 1
            """, cancellationToken);
        var document = invoice.Document with { IsDraft = false, Number = string.Create(CultureInfo.InvariantCulture, $"{Series}-{sequence:000000}") };
        var model = JsonSerializer.Serialize(document, ComputedInvoice.Json);
        var invoiceId = await db.ScalarAsync<long>($"""
            insert into invoicing.invoice (run_id, account_id, series, sequence, number, invoice_date, tax_point, due_on, currency, net, vat, gross,
                                           model, model_hash, template, template_hash, posted_at, calls, seconds)
            values ({id.Value}, {account.Id.Value}, {Series}, {sequence}, {document.Number}, {document.InvoiceDate}, {document.TaxPoint}, {document.DueOn}, {document.Currency},
                    {document.Net}, {document.Vat}, {document.Gross}, {model}, {ComputedInvoice.HashOf(model)}, {template.Name}, {template.Hash}, {postedAt.UtcDateTime}, {sources.Calls.Count}, {sources.Calls.Sum(call => (long)call.Seconds)})
            returning invoice_id
            """, cancellationToken);
        await StoreLinesAsync(db, invoiceId, invoice, document, cancellationToken);
        var claimed = await UnbilledUsage.ClaimAsync(db, account.Id, InvoiceSources.CutoffOf(tenant, fields), invoiceId, cancellationToken);
        if (claimed != sources.Calls.Count)
        {
            // A file came in while the invoice was being computed: what was just written is undone, and the account is looked at again by a person.
            await db.DisposeAsync();
            await using var again = await database.BeginAsync(tenant.Id, Actor, cancellationToken);
            await ParkAsync(again, id, account, "New calls came in while its invoice was being posted. Nothing was billed; draft and approve again.", cancellationToken);
            return;
        }
        await JournalBook.EnterAsync(db, EntryOf(account, document), postedAt, cancellationToken);
        await db.ExecuteAsync($"update invoicing.run_account set status = 'posted' where run_id = {id.Value} and account_id = {account.Id.Value}", cancellationToken);
        await WebhookBook.RaiseAsync(db, EventKind.InvoicePosted, postedAt,
            new { document.Number, Run = id.Value, AccountNumber = account.Number, document.InvoiceDate, document.DueOn, document.Currency, document.Net, document.Vat, document.Gross }, cancellationToken);
        await db.CommitAsync(cancellationToken);
    }

    private static async Task StoreLinesAsync(TenantDb db, long invoiceId, ComputedInvoice invoice, Documents.InvoiceDocument document, CancellationToken cancellationToken)
    {
        var lines = document.Lines;
        await db.ExecuteAsync($"""
            insert into invoicing.invoice_line (invoice_id, line, kind, description, quantity, net, tax_category, tax_rate, nominal_code, period)
            select {invoiceId}, l.line, l.kind, l.description, l.quantity, l.net, l.tax_category, l.tax_rate, l.nominal_code,
                   case when l.first_on is not null then daterange(l.first_on, l.last_on, '[]') end
            from unnest({lines.Select(l => l.Line).ToArray()}, {lines.Select(l => l.Kind).ToArray()}, {lines.Select(l => l.Description).ToArray()},
                        {lines.Select(l => l.Quantity).ToArray()}, {lines.Select(l => l.Net).ToArray()}, {lines.Select(l => l.TaxCategory).ToArray()},
                        {lines.Select(l => l.TaxRate).ToArray()}, {lines.Select(l => l.NominalCode).ToArray()},
                        {lines.Select(l => l.Period?.From).ToArray()}::date[], {lines.Select(l => l.Period?.Through).ToArray()}::date[])
                 as l(line, kind, description, quantity, net, tax_category, tax_rate, nominal_code, first_on, last_on)
            """, cancellationToken);
        foreach (var (subscription, slice) in invoice.Slices)
            await db.ExecuteAsync($"""
                insert into invoicing.recurring_slice (subscription_id, period, amount, invoice_id)
                values ({subscription.Value}, daterange({slice.Period.From}, {slice.Period.To}), {slice.Amount}, {invoiceId})
                """, cancellationToken);
        foreach (var charge in invoice.OneOffs)
            await db.ExecuteAsync($"insert into invoicing.one_off_claim (charge_id, invoice_id) values ({charge}, {invoiceId})", cancellationToken);
    }

    private static JournalEntry EntryOf(Account account, Documents.InvoiceDocument document)
    {
        var currency = Currency.Of(document.Currency);
        var revenue = document.Lines.GroupBy(line => line.NominalCode, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Posting(LedgerAccounts.Revenue(group.Key), null, new Money(-group.Sum(line => line.Net), currency)));
        var postings = new List<Posting> { new(LedgerAccounts.Receivables, account.Id, new Money(document.Gross, currency)) };
        postings.AddRange(revenue);
        postings.Add(new Posting(LedgerAccounts.VatOutput, null, new Money(-document.Vat, currency)));
        return new JournalEntry(IssuedInvoice.SubjectOf(document.Number), document.InvoiceDate, [.. postings.Where(p => p.Amount.Amount != 0)]);
    }

    private static async Task ParkAsync(TenantDb db, BillingRunId id, Account account, string reason, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync($"update invoicing.run_account set status = 'parked', reason = {reason} where run_id = {id.Value} and account_id = {account.Id.Value}", cancellationToken);
        await db.CommitAsync(cancellationToken);
    }

    private async Task<Result<PostingOutcome>> CompleteAsync(Tenant tenant, BillingRunId id, BillingRunFields fields, IReadOnlyList<Account> accounts, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken);
        var billed = (await db.QueryAsync($"select account_id from invoicing.run_account where run_id = {id.Value}", row => row.Long(0), cancellationToken)).ToHashSet();
        foreach (var account in accounts.Where(a => !billed.Contains(a.Id.Value)))
            await UnbilledUsage.SettleFreeAsync(db, account.Id, InvoiceSources.CutoffOf(tenant, fields), cancellationToken);
        await UsageTally.FoldAsync(db, cancellationToken);
        var completedAt = clock.GetUtcNow();
        var changed = await db.ExecuteAsync($"update invoicing.billing_run set status = 'completed', completed_at = {completedAt.UtcDateTime} where run_id = {id.Value} and status = 'running'", cancellationToken);
        if (changed == 1) await db.ExecuteAsync($"insert into invoicing.run_destination select * from invoicing.count_destinations({id.Value})", cancellationToken);
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
}
