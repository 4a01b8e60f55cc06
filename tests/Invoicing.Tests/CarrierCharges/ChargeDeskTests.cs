using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Invoices;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Tenancy.Users;
using Billing.Usage.CarrierCharges;
using Billing.Usage.RatedCalls;
using Billing.Usage.Register;
using static Billing.Invoicing.Tests.CarrierCharges.ChargeBooks;

namespace Billing.Invoicing.Tests.CarrierCharges;

/// <summary>ERR-5: charges that nobody is known for, mended, decided, undone; and the check of them in a billing run.</summary>
[Trait("needs", "postgres")]
public sealed class ChargeDeskTests : IAsyncLifetime
{
    private static readonly Actor Ann = new(ActorKind.Staff, null, "Ann");

    private ChargeBooks books = null!;

    public async Task InitializeAsync()
    {
        books = await ChargeBooks.OpenAsync();
        await books.Books.AccountAsync("A1", First);
    }

    public async Task DisposeAsync() => await books.DisposeAsync();

    [Fact]
    public async Task ERR6_Causes_come_with_the_money_at_stake_most_first()
    {
        await books.ImportAsync("rentals.csv", March("01632960009", "WLR", 10m), March("01632960009", "CARE", 2.50m), Line("01632960009", "WLR", "20/03/2026", "31/03/2026", -4m), March("", "PLATFORM", 45m), "01632960001,WLR,broken,yesterday,31/03/2026,1,1.00,GBP");
        (await books.CausesAsync()).Select(c => (c.Cause.Code, c.Cause.Subject, c.Lines, c.Charges, c.Credits, c.LinesWithoutAmount, c.FirstLine)).ShouldBe([
            ("charges.no-service", "PLATFORM", 1, 45m, 0m, 0, 5), ("charges.unassigned", "+441632960009", 3, 12.50m, -4m, 0, 2), ("cdr.bad-time", "From", 1, 0m, 0m, 1, 6)]);
    }

    [Fact]
    public async Task A_number_that_is_assigned_meanwhile_is_found_when_it_is_matched_again()
    {
        await books.ImportAsync("rentals.csv", March("01632960009", "WLR", 10m));
        var cause = (await books.CausesAsync()).Single().Cause;
        var (_, service) = await books.OwnerAsync("A1");
        await books.DoAsync(async db =>
        {
            await ServiceList.AssignNumbersAsync(db, service, Books.Number(441632960009), Books.Number(441632960009), new DateInterval(new(2026, 1, 1), null));
            return true;
        });
        (await books.DoAsync(db => ChargeMatching.PreviewAsync(db, cause))).ShouldBe(new ChargeMatchOutcome(1, 1, 10m, 0));
        (await books.CausesAsync()).Count.ShouldBe(1, "a preview changes nothing");
        (await books.DoAsync(db => ChargeMatching.RunAsync(db, cause))).Allocated.ShouldBe(1);
        (await books.DoAsync(db => ChargeMatching.RunAsync(db, null))).Changed.ShouldBe(0, "twice is once");
        (await books.LinesAsync()).Single().AllocatedBy.ShouldBe("by rule");
        (await books.CausesAsync()).ShouldBeEmpty();
        await books.Books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task Said_whose_it_is_from_a_day_on_it_goes_there_in_later_files_too_until_that_is_undone()
    {
        await books.ImportAsync("march.csv", March("LEASED-7", "EAD", 100m), Line("LEASED-7", "EAD", "01/02/2026", "28/02/2026", 90m));
        var cause = (await books.CausesAsync()).Single().Cause;
        var (account, service) = await books.OwnerAsync("A1");
        var now = books.Books.Clock.GetUtcNow();
        (await books.DoAsync(db => ChargeDesk.AllocateAsync(db, cause, account.Value, service.Value + 100, new(2026, 3, 1), now))).TryGet(out _, out var wrong).ShouldBeFalse();
        wrong!.Code.ShouldBe("charges.no-account");
        (await books.DoAsync(db => ChargeDesk.AllocateAsync(db, cause, account.Value, service.Value, new(2026, 3, 1), now))).ValueOrThrow().ShouldBe(new ChargeMatchOutcome(1, 1, 100m, 0));
        (await books.ImportAsync("april.csv", Line("LEASED-7", "EAD", "01/04/2026", "30/04/2026", 100m))).ValueOrThrow().Calls.ShouldBe(new Dictionary<string, long> { ["allocated"] = 1 });
        (await books.LinesAsync()).Select(l => (l.Amount, l.State, l.AllocatedBy)).ShouldBe([(100m, "allocated", "by hand"), (90m, "unallocated", null), (100m, "allocated", "by hand")]);
        (await books.DoAsync(db => ChargeDesk.AllocateAsync(db, cause, account.Value, null, new(2026, 3, 1), now))).TryGet(out _, out var ruled).ShouldBeFalse();
        ruled!.Code.ShouldBe("charges.ruled");

        var ruling = (await books.DoAsync(db => ChargeDesk.RulingsAsync(db))).Single();
        (ruling.Lines, ruling.Amount, ruling.Ruling.By).ShouldBe((2, 200m, "Billing"));
        (await books.DoAsync(db => ChargeDesk.UndoAsync(db, ruling.Ruling.Id))).ShouldBe(2);
        (await books.DoAsync(db => ChargeDesk.UndoAsync(db, ruling.Ruling.Id))).ShouldBeNull();
        (await books.LinesAsync()).ShouldAllBe(l => l.State == "unallocated" && l.ErrorCode == "charges.unassigned");
        (await books.CausesAsync()).Single().Lines.ShouldBe(3);
        await books.Books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task Excluded_with_a_reason_it_is_nobodys_once_or_always_and_comes_back()
    {
        var march = await books.ImportAsync("march.csv", March("", "PLATFORM", 45m), "01632960001,WLR,broken,yesterday,31/03/2026,1,1.00,GBP");
        var now = books.Books.Clock.GetUtcNow();
        var causes = (await books.CausesAsync()).Select(c => c.Cause).ToList();
        (await books.DoAsync(db => ChargeDesk.ExcludeAsync(db, causes[0], null, " ", now))).TryGet(out _, out var silent).ShouldBeFalse();
        silent!.Code.ShouldBe("charges.no-reason");
        (await books.DoAsync(db => ChargeDesk.ExcludeAsync(db, causes[0], new(2026, 3, 1), "Our own", now))).ValueOrThrow().ShouldBe(1);
        (await books.DoAsync(db => ChargeDesk.ExcludeAsync(db, causes[1], new(2026, 3, 1), "Unreadable", now))).TryGet(out _, out var bad).ShouldBeFalse();
        bad!.Code.ShouldBe("charges.not-matchable");
        (await books.DoAsync(db => ChargeDesk.ExcludeAsync(db, causes[1], null, "Unreadable", now))).ValueOrThrow().ShouldBe(1);
        var april = (await books.ImportAsync("april.csv", Line("", "PLATFORM", "01/04/2026", "30/04/2026", 45m))).ValueOrThrow();
        april.Calls.ShouldBe(new Dictionary<string, long> { ["excluded"] = 1 });
        (await books.LinesAsync()).Select(l => (l.State, l.Why)).ShouldBe([("excluded", "Our own"), ("excluded", "Unreadable"), ("excluded", "Our own")]);
        (await books.DoAsync(db => ChargeMatching.RunAsync(db, null))).Changed.ShouldBe(0);

        foreach (var ruling in await books.DoAsync(db => ChargeDesk.RulingsAsync(db))) await books.DoAsync(db => ChargeDesk.UndoAsync(db, ruling.Ruling.Id));
        (await books.CausesAsync()).Select(c => (c.Cause.Code, c.Lines)).ShouldBe([("charges.no-service", 2), ("cdr.bad-time", 1)]);
        // Taken out, the file takes what was decided about its lines with it, and nothing of the other's.
        await books.DoAsync(db => ChargeDesk.ExcludeAsync(db, causes[1], null, "Unreadable", now));
        (await books.DoAsync(db => FileRollback.RunAsync(db, books.Books.Tenant, march.ValueOrThrow().FileId, "Again", new InvoiceNames(), now))).ValueOrThrow();
        (await books.DoAsync(db => ChargeDesk.RulingsAsync(db))).ShouldBeEmpty();
        await books.Books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task ERR5_The_run_asks_for_fixed_fee_errors_only_where_carriers_send_such_files()
    {
        var run = (await books.Books.Runs.OpenAsync(books.Books.Tenant, Books.March)).ValueOrThrow().Id;
        var gates = new RunGates(books.Books.Database, books.Books.Clock);
        (await StepsAsync(run)).ShouldNotContain(RunGate.FixedFeeErrorsChecked);
        (await gates.ConfirmAsync(books.Books.Tenant, Ann, run, RunGate.FixedFeeErrorsChecked, false)).TryGet(out _, out var unknown).ShouldBeFalse();
        unknown!.Code.ShouldBe("run.unknown-gate");
        foreach (var gate in RunGate.All.Take(3)) (await gates.ConfirmAsync(books.Books.Tenant, Ann, run, gate, false)).ValueOrThrow();
        var draft = (await books.Books.Runs.DraftAsync(books.Books.Tenant, run)).ValueOrThrow();

        await books.ImportAsync("rentals.csv", March("01632960009", "WLR", 10m), March("01632960009", "WLR", -2m));
        (await books.Books.Runs.DraftAsync(books.Books.Tenant, run)).ValueOrThrow().Hash.ShouldBe(draft.Hash, "no bill comes of it");
        (await StepsAsync(run)).ShouldBe(["dates", "payments", "cdrs-processed", "errors-checked", "fixed-fee-errors-checked", "draft", "pre-billing-report", "request", "post", "print"]);
        (await gates.ConfirmAsync(books.Books.Tenant, Ann, run, RunGate.PreBillingReport, false)).TryGet(out _, out var order).ShouldBeFalse();
        order!.Code.ShouldBe("run.gate-order");
        await books.Books.Runs.ConfirmAsync(books.Books.Tenant, run, RunGate.PreBillingReport, "Ann");
        (await books.Books.Runs.RequestAsync(books.Books.Tenant, run, draft.Hash)).TryGet(out _, out var missing).ShouldBeFalse();
        missing!.Message.ShouldContain(RunGate.FixedFeeErrorsChecked);
        (await gates.ConfirmAsync(books.Books.Tenant, Ann, run, RunGate.FixedFeeErrorsChecked, false)).ValueOrThrow().Note
            .ShouldBe("2 recurring charges of carriers that nobody pays, for 1 cause; at stake: 8.00 GBP, left as they are");
        (await books.Books.Runs.RequestAsync(books.Books.Tenant, run, draft.Hash)).ValueOrThrow();
        (await StepsAsync(run)).ShouldContain(RunGate.FixedFeeErrorsChecked, "it stays on record");
    }

    private async Task<IEnumerable<string>> StepsAsync(BillingRunId run)
    {
        await using var db = await books.BeginAsync();
        return (await NextSteps.LoadAsync(db, books.Books.Tenant, run))!.Steps.Select(s => s.Name);
    }
}
