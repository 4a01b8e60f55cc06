using System.Globalization;
using Billing.Delivery.Templates;
using Billing.Host;
using Billing.Host.Demo;
using Billing.Invoicing.BillingRuns;
using Billing.Rating.RateCards;
using Billing.Tenancy.Tenants;
using Npgsql;

namespace Billing.Bench;

/// <summary>
/// A month's billing run: rated calls and recurring charges become numbered invoices, their lines, claimed calls and the journal; no PDF. Beside it the least that plain SQL can do over
/// the same tables, with the same constraints: one aggregate and one insert a table, without documents as data, hashes or a draft to compare with.
/// </summary>
internal static class RunBench
{
    private const int ChargesEach = 3;

    public static async Task RunAsync(BenchOptions options, int calls, TextWriter to)
    {
        var folder = Directory.CreateTempSubdirectory("billing-bench-").FullName;
        try
        {
            await using var installation = await Installation.OpenAsync(folder, Console.Error.WriteLine, CancellationToken.None);
            await using var connection = new NpgsqlConnection(installation.OwnerConnection);
            await connection.OpenAsync();
            var tenant = await new TenantDirectory(installation.Database).OpenAsync(DemoReseller.Tenant, CancellationToken.None);
            await DoAsync(connection, $"select set_config('billing.tenant', '{tenant.Id.Value}', false)");
            await FillAsync(connection, installation, tenant, options, calls);

            var (sqlSeconds, sqlGross) = await SqlAsync(connection);
            await DoAsync(connection, "vacuum usage.call; vacuum invoicing.invoice; vacuum invoicing.invoice_line; vacuum ledger.posting; vacuum ledger.entry; vacuum invoicing.recurring_slice");

            var book = new BillingRunBook(installation.Database, installation.Clock);
            var run = (await book.OpenAsync(tenant, new BillingRunFields(new DateOnly(2026, 4, 1), new DateOnly(2026, 3, 31), null, null))).ValueOrThrow();
            var memory = new HighWater();
            var begun = TimeProvider.System.GetTimestamp();
            var draft = (await book.DraftAsync(tenant, run.Id, (_, _) => memory.LookAsync())).ValueOrThrow();
            var drafting = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
            var whileDrafting = memory.Megabytes;
            foreach (var gate in RunGate.All) await book.ConfirmAsync(tenant, run.Id, gate, "Bench");
            begun = TimeProvider.System.GetTimestamp();
            (await book.RequestAsync(tenant, run.Id, draft.Hash)).ValueOrThrow();
            var requesting = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
            begun = TimeProvider.System.GetTimestamp();
            var outcome = (await new RunPosting(installation.Database, installation.Clock).PostAsync(tenant, run.Id, TemplateSet.Read(Home.File("templates/invoices/standard.sbnhtml")), memory)).ValueOrThrow();
            var posting = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
            if (outcome.Posted != options.Lines || draft.Gross != sqlGross) throw new InvalidOperationException($"SQL bills {sqlGross} and the run {draft.Gross} on {outcome.Posted} invoices.");

            begun = TimeProvider.System.GetTimestamp();
            var read = await AskAsync(connection, "select count(*) || ' calls of ' || sum(c.charge) from usage.call c join invoicing.invoice i using (tenant_id, invoice_id)");
            var reading = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;

            Line("plain SQL: aggregate and insert", sqlSeconds);
            Line("draft", drafting);
            Line("request", requesting);
            Line("post", posting);
            Line("calls of all invoices read back: " + read, reading);
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{draft.Gross:N2} on {outcome.Posted:N0} invoices; working set {memory.Before} MiB before, {whileDrafting} drafting, {memory.Megabytes} posting"));
            Rounds.Goal(to, "posting, times as long as plain SQL", posting / sqlSeconds, 3, atMost: true);
            Rounds.Goal(to, "draft, request and posting, times as long as plain SQL", (drafting + requesting + posting) / sqlSeconds, 3, atMost: true);

            void Line(string name, double seconds) =>
                to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-80}  {seconds,8:0.0} s  {options.Lines / seconds,10:N0} invoices/s  {seconds / sqlSeconds,6:0.00} x"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(NpgsqlConnection connection, Installation installation, Tenant tenant, BenchOptions options, int calls)
    {
        await using (var db = await installation.Database.BeginAsync(tenant.Id, CancellationToken.None))
        {
            await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, new Deck(options.Seed, 100).Document(), installation.Clock.GetUtcNow(), CancellationToken.None);
            await db.CommitAsync(CancellationToken.None);
        }
        await DoAsync(connection, $"""
            select setseed({(options.Seed % 1000 / 1000.0).ToString(CultureInfo.InvariantCulture)});
            insert into catalog.product (code, name, kind, price, every_months, billing, basis, nominal_code) values ('LINE', 'Line', 'recurring', 9.99, 1, 'advance', 'actual', '4010');
            insert into customers.account (number, name, tariff_id, started_on)
            select 'B' || lpad(i::text, 6, '0'), 'Customer ' || i, t.tariff_id, '2026-03-01' from generate_series(1, {options.Lines}) i, rating.tariff t;
            insert into customers.site (account_id, name, address, is_billing) select account_id, 'Office', array['1 Mill Lane', 'Larkfell'], true from customers.account;
            insert into customers.service (account_id, label) select account_id, 'Lines' from customers.account;
            insert into customers.subscription (account_id, service_id, product_id, description, quantity, price, every_months, billing, basis, anchor_day, valid)
            select s.account_id, s.service_id, p.product_id, 'Line ' || n, 1, p.price + n, 1, 'advance', 'actual', 1, daterange('2026-03-01', null)
            from customers.service s, catalog.product p, generate_series(1, {ChargesEach}) n;
            begin;
            create temp table part as select * from usage.open_part('Bench')
            """);
        await DoAsync(connection, $"""
            with their as (select array_agg(account_id order by account_id) accounts, array_agg(service_id order by account_id) services from customers.service),
                 chosen as (select i, 1 + floor(random() * {options.Lines})::int as n, random() as r from generate_series(1, {calls}) i)
            insert into usage.{await AskAsync(connection, "select name from pg_temp.part")} (line, state, record_key, raw, started_at, direction, kind, is_answered, seconds, quantity, caller, called,
                cost, cost_currency, account_id, service_id, destination, band, billable_seconds, charge)
            select i, 'open', md5(i::text)::uuid, '441632960001,442079460000,02/03/2026,10:00:00,' || i, timestamptz '2026-03-01' + make_interval(secs => 2670000.0 * i / {calls}), 'out', 'voice', true, (r * 600)::int, 1,
                '441632960001', '442079460000', round((r * 0.1)::numeric, 4), 'GBP', their.accounts[n], their.services[n], 'United Kingdom', 'day', (r * 600)::int, round((r * 0.2)::numeric, 4) + 0.0001
            from chosen, their
            """);
        await DoAsync(connection, $"""
            insert into usage.cdr_file (file_id, name, hash, bytes, carrier, format, kind, lines, lines_skipped, imported_at) overriding system value
            select file_id, 'bench.csv', 'bench', 1, 'Bench', 'bench', 'daily', {calls}, 0, now() from pg_temp.part;
            select usage.seal_part(part, 40) from pg_temp.part;
            insert into usage.tally (tenant_id, file_id, day, state, calls, lines, seconds, cost, charge) select * from usage.count_calls(null);
            commit;
            analyze customers.account, customers.site, customers.service, customers.subscription, catalog.product
            """);
    }

    // One statement a table, in one transaction that is taken back, so that both bill the same calls.
    private static async Task<(double Seconds, decimal Gross)> SqlAsync(NpgsqlConnection connection)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await DoAsync(connection, """
            begin;
            insert into invoicing.billing_run (invoice_date, cutoff_on, status, draft_hash, requested_at) values ('2026-04-01', '2026-03-31', 'running', '', now());
            create temp table line on commit drop as
            select account_id, service_id, 'usage' as kind, 'Calls' as description, count(*) as quantity, round(sum(charge), 2) as net, '4000' as nominal_code, null::bigint as subscription_id, null::daterange as period
            from usage.call where state = 'open' and started_at < '2026-03-31 23:00+00' group by account_id, service_id
            union all
            select s.account_id, s.service_id, 'recurring', s.description, s.quantity, round(s.price * s.quantity, 2), p.nominal_code, s.subscription_id, daterange(m::date, (m + interval '1 month')::date)
            from customers.subscription s join catalog.product p using (tenant_id, product_id), generate_series(timestamp '2026-03-01', '2026-04-01', '1 month') m;
            insert into invoicing.invoice (run_id, account_id, series, sequence, number, invoice_date, tax_point, due_on, currency, net, vat, gross, model, model_hash, template, template_hash, posted_at, calls, seconds)
            select r.run_id, l.account_id, 'INV', n, 'INV-' || lpad(n::text, 6, '0'), r.invoice_date, r.invoice_date, r.invoice_date + 14, 'GBP', net, round(net * 0.2, 2), net + round(net * 0.2, 2), '', '', '', '', now(), calls, 0
            from (select account_id, row_number() over (order by account_id) as n, sum(net) as net, coalesce(sum(quantity) filter (where kind = 'usage'), 0) as calls from line group by account_id) l, invoicing.billing_run r;
            insert into invoicing.invoice_line (invoice_id, line, kind, description, quantity, net, tax_category, tax_rate, nominal_code, period)
            select i.invoice_id, row_number() over (partition by i.invoice_id order by l.kind, l.subscription_id, l.period), l.kind, l.description, l.quantity, l.net, 'standard', 20, l.nominal_code, l.period
            from line l join invoicing.invoice i using (account_id);
            insert into invoicing.recurring_slice (subscription_id, period, amount, invoice_id)
            select l.subscription_id, l.period, l.net, i.invoice_id from line l join invoicing.invoice i using (account_id) where l.kind = 'recurring';
            insert into ledger.entry (document, dated_on, entered_at) select 'invoice/' || number, invoice_date, now() from invoicing.invoice;
            insert into ledger.posting (entry_id, line, ledger_account, account_id, amount, currency)
            select e.entry_id, row_number() over (partition by e.entry_id), p.ledger_account, p.account_id, p.amount, 'GBP'
            from ledger.entry e join invoicing.invoice i on e.document = 'invoice/' || i.number cross join lateral (
                select 'receivables' as ledger_account, i.account_id, i.gross as amount union all select 'vat-output', null, -i.vat
                union all select 'revenue/' || l.nominal_code, null, -sum(l.net) from invoicing.invoice_line l where l.invoice_id = i.invoice_id group by l.nominal_code) p where p.amount <> 0;
            update usage.call c set state = 'billed', invoice_id = i.invoice_id from invoicing.invoice i where i.account_id = c.account_id and c.state = 'open' and c.started_at < '2026-03-31 23:00+00';
            set constraints all immediate
            """);
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        var gross = decimal.Parse(await AskAsync(connection, "select sum(gross)::text from invoicing.invoice"), CultureInfo.InvariantCulture);
        await DoAsync(connection, "rollback");
        return (seconds, gross);
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql)
    {
        foreach (var statement in sql.StartsWith("vacuum", StringComparison.Ordinal) ? sql.Split(';') : [sql])
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<string> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (string)(await command.ExecuteScalarAsync())!;
    }

    // The highest working set seen.
    private sealed class HighWater : IProgress<int>
    {
        public long Before { get; } = Environment.WorkingSet >> 20;

        public long Megabytes { get; private set; }

        public void Report(int value) => Megabytes = Math.Max(Megabytes, Environment.WorkingSet >> 20);

        public Task LookAsync()
        {
            Report(0);
            return Task.CompletedTask;
        }
    }
}
