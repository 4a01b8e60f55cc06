using Billing.Tenancy.Data;
using Npgsql;

namespace Billing.Tidy.Tests.Schema;

/// <summary>What the database refuses even if the program were wrong.</summary>
[Collection(MigratedDatabaseGroup.Name)]
[Trait("needs", "postgres")]
public sealed class MoneyTest(MigratedDatabase database)
{
    private static readonly DateOnly Day = new(2026, 6, 30);
    private static readonly DateTime Moment = new(2026, 6, 30, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task An_entry_that_does_not_balance_fails_at_commit()
    {
        var isEntered = false;
        var refusal = await database.RefusalAsync(database.First, async db =>
        {
            await EnterAsync(db, "invoice/unbalanced", [("vat-output", -20m), ("revenue/4000", 19.99m)]);
            isEntered = true;
        });

        isEntered.ShouldBeTrue("the balance is looked at when the whole entry is there");
        (refusal.SqlState, refusal.ConstraintName).ShouldBe((PostgresErrorCodes.CheckViolation, "entry_balances"));
        (await EntriesAsync("invoice/unbalanced")).ShouldBe(0);
    }

    [Fact]
    public async Task An_entry_that_balances_is_kept_and_its_document_is_entered_once()
    {
        await database.DoAsync(database.First, db => EnterAsync(db, "invoice/balanced", [("vat-output", -20m), ("revenue/4000", 20m)]));

        (await EntriesAsync("invoice/balanced")).ShouldBe(1);
        var refusal = await database.RefusalAsync(database.First, db => EnterAsync(db, "invoice/balanced", [("vat-output", -20m), ("revenue/4000", 20m)]));
        refusal.SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
    }

    [Fact]
    public async Task Two_currencies_do_not_make_up_for_each_other()
    {
        var refusal = await database.RefusalAsync(database.First, async db =>
        {
            var entry = await db.ScalarAsync<long>($"insert into ledger.entry (document, dated_on, entered_at) values ({"invoice/two"}, {Day}, {Moment}) returning entry_id");
            await db.ExecuteAsync($"""
                insert into ledger.posting (entry_id, line, ledger_account, amount, currency)
                values ({entry}, 1, {"vat-output"}, {-20m}, {"GBP"}), ({entry}, 2, {"revenue/4000"}, {20m}, {"EUR"})
                """);
        });

        refusal.ConstraintName.ShouldBe("entry_balances");
    }

    [Fact]
    public async Task An_entry_that_was_committed_gets_no_more_postings()
    {
        await database.DoAsync(database.First, db => EnterAsync(db, "invoice/closed", [("vat-output", -20m), ("revenue/4000", 20m)]));

        var refusal = await database.RefusalAsync(database.First, async db =>
        {
            var entry = await db.ScalarAsync<long>($"select entry_id from ledger.entry where document = {"invoice/closed"}");
            await db.ExecuteAsync($"""
                insert into ledger.posting (entry_id, line, ledger_account, amount, currency)
                values ({entry}, 3, {"vat-output"}, {-1m}, {"GBP"}), ({entry}, 4, {"revenue/4000"}, {1m}, {"GBP"})
                """);
        });

        refusal.ConstraintName.ShouldBe("entry_is_closed");
    }

    [Fact]
    public async Task An_unbalanced_entry_can_not_hide_behind_another_tenant()
    {
        var refusal = await database.RefusalAsync(database.First, async db =>
        {
            await EnterAsync(db, "invoice/hidden", [("vat-output", -20m), ("revenue/4000", 19m)]);
            await db.ExecuteAsync($"select set_config('billing.tenant', {"0"}, true)");
        });

        refusal.ConstraintName.ShouldBe("entry_balances");
    }

    [Fact]
    public async Task What_is_entered_or_posted_can_not_be_changed_or_deleted()
    {
        await database.DoAsync(database.First, async db =>
        {
            await EnterAsync(db, "invoice/kept", [("vat-output", -1m), ("revenue/4000", 1m)]);
            var account = await db.ScalarAsync<long>($"insert into customers.account (number, name, started_on) values ({"A1"}, {"Baker"}, {Day}) returning account_id");
            var run = await db.ScalarAsync<long>($"insert into invoicing.billing_run (invoice_date, cutoff_on, status) values ({Day}, {Day}, {"pending"}) returning run_id");
            var invoice = await db.ScalarAsync<long>($"""
                insert into invoicing.invoice (run_id, account_id, series, sequence, number, invoice_date, tax_point, due_on, currency, net, vat, gross,
                                               model, model_hash, template, template_hash, posted_at, calls, seconds)
                values ({run}, {account}, {"INV"}, 1, {"INV-1"}, {Day}, {Day}, {Day}, {"GBP"}, {100m}, {20m}, {120m}, {""}, {""}, {""}, {""}, {Moment}, 0, 0) returning invoice_id
                """);
            return await db.ExecuteAsync($"""
                insert into invoicing.invoice_line (invoice_id, line, kind, description, quantity, net, tax_category, tax_rate, nominal_code)
                values ({invoice}, 1, {"one-off"}, {"Set-up"}, 1, {100m}, {"standard"}, 20, {"4000"})
                """);
        });

        Sql[] attempts =
        [
            $"update invoicing.invoice set gross = {0m}", $"delete from invoicing.invoice", $"update invoicing.invoice_line set net = {0m}", $"delete from invoicing.invoice_line",
            $"update ledger.posting set amount = {1m}", $"delete from ledger.posting", $"update ledger.entry set document = {""}", $"delete from ledger.entry", $"truncate ledger.entry cascade",
        ];
        foreach (var attempt in attempts)
            (await database.RefusalAsync(database.First, db => db.ExecuteAsync(attempt))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private Task<long> EntriesAsync(string document) =>
        database.DoAsync(database.First, db => db.ScalarAsync<long>($"select count(*) from ledger.entry where document = {document}"));

    private static async Task<int> EnterAsync(TenantDb db, string document, (string LedgerAccount, decimal Amount)[] postings)
    {
        var entry = await db.ScalarAsync<long>($"insert into ledger.entry (document, dated_on, entered_at) values ({document}, {Day}, {Moment}) returning entry_id");
        foreach (var (line, posting) in postings.Index())
            await db.ExecuteAsync($"insert into ledger.posting (entry_id, line, ledger_account, amount, currency) values ({entry}, {line + 1}, {posting.LedgerAccount}, {posting.Amount}, {"GBP"})");
        return postings.Length;
    }
}
