using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Invoices;
using Billing.Ledger.Journal;
using Billing.Rating.RateCards;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.Tests.BillingRuns;

/// <summary>The run on a real database: once, whole, in order, or not at all.</summary>
[Trait("needs", "postgres")]
public sealed class BillingRunTests
{
    private const ulong First = 441632960001;
    private const ulong Second = 441632960002;

    [Fact]
    public async Task A_run_bills_calls_and_rental_with_vat_and_enters_them_in_the_ledger()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 90), books.Call(First, "2026-03-03 10:00:00", 600))).ValueOrThrow();

        (await books.BillAsync(Books.March)).Posted.ShouldBe(1);

        // 90 s and 600 s at a penny a minute are 0.015 and 0.100; the line is rounded once, half up.
        var invoice = (await books.InvoicesAsync()).ShouldHaveSingleItem();
        (invoice.Number, invoice.Net, invoice.Vat, invoice.Gross, invoice.Calls, invoice.Seconds).ShouldBe(("INV-000001", 10.12m, 2.02m, 12.14m, 2L, 690L));
        await using var db = await books.BeginAsync();
        var balances = await JournalBook.BalancesAsync(db);
        balances[LedgerAccounts.Receivables].ShouldBe(12.14m);
        balances[LedgerAccounts.VatOutput].ShouldBe(-2.02m);
        balances[LedgerAccounts.Revenue("4000")].ShouldBe(-0.12m);
        balances[LedgerAccounts.Revenue("4010")].ShouldBe(-10m);
        await books.ShouldAddUpAsync();
    }

    [Fact(DisplayName = "Vector 19: a call that starts at 23:59:50 before the number moves is the old owner's, whole")]
    public async Task A_call_belongs_to_the_owner_at_its_start()
    {
        await using var books = await Books.OpenAsync();
        var (a, b) = (await books.AccountAsync("A", First, new DateInterval(new(2020, 1, 1), new(2026, 3, 16))), await books.AccountAsync("B", Second));
        await using (var db = await books.BeginAsync())
        {
            var line = (await ServiceList.FindAsync(db, "B", "Line"))!.Value;
            await ServiceList.AssignNumbersAsync(db, line, Books.Number(First), Books.Number(First), new DateInterval(new(2026, 3, 16), null));
            await db.CommitAsync();
        }
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-15 23:59:50", 40), books.Call(First, "2026-03-16 00:00:00", 60))).ValueOrThrow();

        await using var reading = await books.BeginAsync();
        var cutoff = books.Tenant.StartOf(new(2026, 4, 1));
        (await UnbilledUsage.LoadAsync(reading, a, cutoff)).ShouldHaveSingleItem().Seconds.ShouldBe(40);
        (await UnbilledUsage.LoadAsync(reading, b, cutoff)).ShouldHaveSingleItem().Seconds.ShouldBe(60);
    }

    [Fact(DisplayName = "Vector 20: the same file again, or renamed, adds nothing and names the first one")]
    public async Task The_same_bytes_are_taken_once()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        var line = books.Call(First, "2026-03-02 10:00:00", 60);
        (await books.ImportAsync("a.csv", line)).ValueOrThrow();

        (await books.ImportAsync("b.csv", line)).TryGet(out _, out var failure).ShouldBeFalse();

        failure!.Code.ShouldBe("usage.file-known");
        failure.Message.ShouldContain("'a.csv'");
        await using var db = await books.BeginAsync();
        (await UsageBalance.LoadAsync(db, null)).ShouldHaveSingleItem().Open.ShouldBe(1);
    }

    [Fact]
    public async Task A_record_that_comes_again_in_another_file_is_a_duplicate_of_the_first()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        var line = books.Call(First, "2026-03-02 10:00:00", 60);
        (await books.ImportAsync("a.csv", line)).ValueOrThrow();

        var again = (await books.ImportAsync("b.csv", line, books.Call(First, "2026-03-02 11:00:00", 60))).ValueOrThrow();

        again.Calls.ShouldBe(new Dictionary<string, long> { ["duplicate"] = 1, ["open"] = 1 }, ignoreOrder: true);
    }

    [Fact(DisplayName = "Vector 21: two runs with overlapping cutoffs charge a rental once")]
    public async Task A_rental_is_charged_once_whatever_the_cutoffs()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        await books.BillAsync(Books.March);
        await books.BillAsync(new BillingRunFields(new(2026, 4, 15), new(2026, 4, 14), null, null));
        await books.BillAsync(new BillingRunFields(new(2026, 5, 1), new(2026, 4, 30), null, null));

        // April in the first run, nothing in the second, May in the third.
        (await books.InvoicesAsync()).Select(i => i.Net).ShouldBe([10m, 10m]);
        await books.ShouldAddUpAsync();
    }

    [Fact(DisplayName = "Vector 24: posting of 1,000 invoices that is broken off and started again, by two hosts at once, numbers every invoice once and without gaps")]
    public async Task Posting_goes_on_where_it_stopped()
    {
        const int Invoices = 1000;
        await using var books = await Books.OpenAsync();
        for (var n = 0; n < Invoices; n++) await books.AccountAsync($"A{n:0000}", First + (ulong)n);
        var run = await books.RequestAsync(Books.March);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var stop = new CancellationTokenSource();
            var stopAt = (attempt + 1) * 150;
            var progress = new Stop(done => { if (done >= stopAt) stop.Cancel(); });
            var posting = new RunPosting(books.Database, books.Clock) { AccountsAtOnce = 70 };
            await Should.ThrowAsync<OperationCanceledException>(() => posting.PostAsync(books.Tenant, run.Id, books.Template, progress, stop.Token));
        }

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => books.Posting.PostAsync(books.Tenant, run.Id, books.Template)));

        outcomes.ShouldAllBe(o => o.ValueOrThrow().Posted == Invoices);
        (await books.InvoicesAsync()).Select(i => i.Number).ShouldBe(Enumerable.Range(1, Invoices).Select(n => $"INV-{n:000000}"));
        (await books.InvoicesAsync()).Select(i => i.AccountNumber).ShouldBeUnique();
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task Posting_refuses_an_account_that_changed_since_the_draft_and_says_by_how_much()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        await books.AccountAsync("A2", Second);
        var run = await books.RequestAsync(Books.March);
        (await books.ImportAsync("late.csv", books.Call(Second, "2026-03-02 10:00:00", 6000))).ValueOrThrow();

        var outcome = (await books.Posting.PostAsync(books.Tenant, run.Id, books.Template)).ValueOrThrow();

        outcome.Posted.ShouldBe(1);
        var parked = outcome.Parked.ShouldHaveSingleItem();
        parked.Number.ShouldBe("A2");
        parked.Reason.ShouldContain("12.00");
        parked.Reason.ShouldContain("13.20");
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task An_account_that_the_books_refuse_is_parked_and_keeps_nobody_else_waiting()
    {
        await using var books = await Books.OpenAsync();
        for (var n = 0; n < 5; n++) await books.AccountAsync($"A{n}", First + (ulong)n);
        var run = await books.RequestAsync(Books.March);
        await books.AsOwnerAsync("""
            create function refuse() returns trigger language plpgsql as 'begin raise exception ''No room for it.'' using errcode = ''check_violation''; end';
            create trigger refuse before insert on invoicing.invoice for each row when (new.model like '%"A2"%') execute function refuse()
            """);

        var outcome = (await books.Posting.PostAsync(books.Tenant, run.Id, books.Template)).ValueOrThrow();

        outcome.Posted.ShouldBe(4);
        var parked = outcome.Parked.ShouldHaveSingleItem();
        (parked.Number, parked.Reason).ShouldBe(("A2", "The books refused its invoice: No room for it. Nothing was billed; look at the account's charges, then draft and approve again."));
        (await books.InvoicesAsync()).Select(i => (i.AccountNumber, i.Number)).ShouldBe([("A0", "INV-000001"), ("A1", "INV-000002"), ("A3", "INV-000003"), ("A4", "INV-000004")]);
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task An_account_whose_calls_change_while_they_are_claimed_is_parked_and_the_others_of_its_chunk_are_billed()
    {
        await using var books = await Books.OpenAsync();
        for (var n = 0; n < 4; n++) await books.AccountAsync($"A{n}", First + (ulong)n);
        (await books.ImportAsync("a.csv", [.. Enumerable.Range(0, 4).Select(n => books.Call(First + (ulong)n, "2026-03-02 10:00:00", 60))])).ValueOrThrow();
        var run = await books.RequestAsync(Books.March);
        // What a file does that comes in at the worst moment: after the calls were read, before they are claimed.
        await books.AsOwnerAsync("""
            create function come_in() returns trigger language plpgsql as $$
            begin
                insert into usage.call (file_id, line, state, carrier, raw, started_at, direction, kind, is_answered, seconds, quantity, account_id, service_id, destination, billable_seconds, charge)
                select file_id, line + 1000, state, carrier, raw, started_at, direction, kind, is_answered, seconds, quantity, account_id, service_id, destination, billable_seconds, charge
                from usage.call where account_id = new.account_id and state = 'open';
                return new;
            end $$;
            create trigger come_in before insert on invoicing.invoice for each row when (new.model like '%"A2"%') execute function come_in()
            """);

        var outcome = (await books.Posting.PostAsync(books.Tenant, run.Id, books.Template)).ValueOrThrow();

        var parked = outcome.Parked.ShouldHaveSingleItem();
        (parked.Number, parked.Reason.StartsWith("New calls came in", StringComparison.Ordinal)).ShouldBe(("A2", true));
        (await books.InvoicesAsync()).Select(i => (i.AccountNumber, i.Number)).ShouldBe([("A0", "INV-000001"), ("A1", "INV-000002"), ("A3", "INV-000003")]);
        await using (var db = await books.BeginAsync()) (await UsageBalance.LoadAsync(db, null)).ShouldHaveSingleItem().Open.ShouldBe(1);
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task Bills_are_not_requested_before_every_gate_is_confirmed_and_not_for_another_draft()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        var run = (await books.Runs.OpenAsync(books.Tenant, Books.March)).ValueOrThrow();
        var draft = (await books.Runs.DraftAsync(books.Tenant, run.Id)).ValueOrThrow();

        (await books.Runs.RequestAsync(books.Tenant, run.Id, draft.Hash)).TryGet(out _, out var failure).ShouldBeFalse();
        failure!.Code.ShouldBe("run.not-confirmed");

        foreach (var gate in RunGate.All) await books.Runs.ConfirmAsync(books.Tenant, run.Id, gate, "Tester");
        (await books.Runs.RequestAsync(books.Tenant, run.Id, "another")).TryGet(out _, out failure).ShouldBeFalse();
        failure!.Code.ShouldBe("run.draft-changed");
        (await books.Runs.RequestAsync(books.Tenant, run.Id, draft.Hash)).ValueOrThrow().Status.ShouldBe(BillingRunStatus.Requested);
    }

    [Fact]
    public async Task A_draft_takes_no_number_and_claims_nothing_however_often_it_is_made()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 60))).ValueOrThrow();
        var run = (await books.Runs.OpenAsync(books.Tenant, Books.March)).ValueOrThrow();

        var drafts = new[] { await books.Runs.DraftAsync(books.Tenant, run.Id), await books.Runs.DraftAsync(books.Tenant, run.Id) };

        drafts[0].ValueOrThrow().Hash.ShouldBe(drafts[1].ValueOrThrow().Hash);
        drafts[0].ValueOrThrow().Invoices.ShouldBe(1);
        (await books.InvoicesAsync()).ShouldBeEmpty();
        await using var db = await books.BeginAsync();
        (await UsageBalance.LoadAsync(db, null)).ShouldHaveSingleItem().Open.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_after_the_cutoff_is_held_for_the_next_run()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-31 23:58:00", 600), books.Call(First, "2026-04-01 00:00:00", 60))).ValueOrThrow();

        await books.BillAsync(Books.March);

        // The call that started at 23:58 on the cutoff day is this run's, whole (rule R8).
        (await books.InvoicesAsync()).ShouldHaveSingleItem().Seconds.ShouldBe(600);
        await using var db = await books.BeginAsync();
        (await UsageBalance.LoadAsync(db, new DateOnly(2026, 3, 31))).ShouldHaveSingleItem().Held.ShouldBe(1);
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task An_unassigned_number_is_an_error_until_it_is_assigned_and_priced_again()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(Second, "2026-03-02 10:00:00", 60), books.Call(First, "2026-03-02 10:00:00", 60, "99912345678"))).ValueOrThrow();
        await using var db = await books.BeginAsync();
        (await ErrorDesk.LoadAsync(db)).Select(e => (e.Code, e.Subject)).ShouldBe([("rating.unknown-destination", "+99912345678"), ("usage.unassigned", "+441632960002")], ignoreOrder: true);

        await ServiceList.AssignNumbersAsync(db, (await ServiceList.FindAsync(db, "A1", "Line"))!.Value, Books.Number(Second), Books.Number(Second), new DateInterval(new(2026, 1, 1), null));
        var outcome = await Rerating.RunAsync(db, books.Tenant, onlyErrors: true);
        (outcome.Cleared, outcome.StillFailing).ShouldBe((1, 1));
        (await ErrorDesk.ExcludeAsync(db, "rating.unknown-destination", "+99912345678", "Tester", "Test call", books.Clock.GetUtcNow())).ShouldBe(1);
        (await ErrorDesk.LoadAsync(db)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_account_with_a_tariff_of_its_own_from_a_rate_sheet_is_priced_by_it()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        await using (var db = await books.BeginAsync())
        {
            var frame = (await TariffShelf.LoadAsync(db)).Find(null)!.Compiled.Tariff;
            using var sheet = new StringReader("prefix,destination,per_minute\n44,UK,0.05\n");
            var deck = await TariffShelf.PublishAsync(db, "deck", TariffWriter.Write(RateSheet.Read(sheet, frame, RateSheetMode.Replace).TariffOrThrow()), books.Clock.GetUtcNow());
            var account = await AccountList.AddAsync(db, new NewAccount("A2", "Own tariff", deck, new(2020, 1, 1)));
            await ServiceList.AssignNumbersAsync(db, await ServiceList.AddAsync(db, account, "Line", null), Books.Number(Second), Books.Number(Second), new DateInterval(new(2020, 1, 1), null));
            await db.CommitAsync();
        }

        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 600), books.Call(Second, "2026-03-02 10:00:00", 600))).ValueOrThrow();
        await books.BillAsync(Books.March);

        (await books.InvoicesAsync()).Select(i => (i.AccountNumber, i.Net)).ShouldBe([("A1", 10.10m), ("A2", 0.50m)]);
    }

    [Fact]
    public async Task Pricing_again_under_the_same_data_changes_nothing()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", [.. Enumerable.Range(0, 50).Select(n => books.Call(First, "2026-03-02 10:00:00", 7 * n))])).ValueOrThrow();
        await using var db = await books.BeginAsync();
        var outcome = await Rerating.RunAsync(db, books.Tenant, onlyErrors: false);
        (outcome.Calls, outcome.Changed, outcome.Difference, outcome.StillFailing).ShouldBe((50, 0, 0m, 0));
    }

    [Fact]
    public async Task A_posted_invoice_can_not_be_changed_or_deleted_by_the_application()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        await books.BillAsync(Books.March);
        await using var db = await books.BeginAsync();
        (await Should.ThrowAsync<Exception>(() => db.ExecuteAsync($"update invoicing.invoice set net = 0"))).Message.ShouldContain("permission denied");
    }

    [Fact]
    public async Task Free_calls_alone_make_no_invoice_and_end_as_zero_rated()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        await books.BillAsync(Books.March);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-04-02 10:00:00", 60, "448081570000"))).ValueOrThrow();

        await books.BillAsync(new BillingRunFields(new(2026, 4, 10), new(2026, 4, 9), null, null));

        (await books.InvoicesAsync()).ShouldHaveSingleItem();
        await using var db = await books.BeginAsync();
        (await UsageBalance.LoadAsync(db, null)).ShouldHaveSingleItem().ZeroRated.ShouldBe(1);
    }

    private sealed class Stop(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
