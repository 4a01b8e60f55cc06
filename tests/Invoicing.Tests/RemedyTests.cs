using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Rating.RateCards;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage;
using Billing.Usage.Import;
using Billing.Usage.Matching;
using Billing.Usage.Trend;
using Billing.Usage.Uploads;

namespace Billing.Invoicing.Tests;

/// <summary>Remedies of billing errors (ERR-1 to ERR-7, 3.8): tried, done, taken back, remembered, and what clears by itself.</summary>
[Trait("needs", "postgres")]
public sealed class RemedyTests
{
    private const ulong First = 441632960001;
    private const ulong Second = 441632960002;
    private const ulong Third = 441632960003;

    private static readonly Actor Ann = new(ActorKind.Staff, 1, "Ann");

    [Fact]
    public async Task ERR_6_Money_at_stake_is_in_the_currency_it_is_charged_in_and_at_least_where_a_cost_is_unknown()
    {
        await using var books = await Books.OpenAsync();
        (await books.ImportAsync("a.csv",
            Priced(books, "0.50", "GBP"), Priced(books, "1.25", "EUR"), Priced(books, "0.75", "EUR"), Priced(books, "9.99", "GBP"))).ValueOrThrow();
        await using (var unpriced = await books.BeginAsync())
        {
            // As from a carrier that names no cost.
            await unpriced.ExecuteAsync($"update usage.call set cost = null, cost_currency = null where cost = 9.99");
            await unpriced.CommitAsync();
        }
        var cause = (await CausesAsync(books)).ShouldHaveSingleItem();
        cause.Stake.Known.ShouldBe([new Money(2.00m, Currency.Eur), new Money(0.50m, Currency.Gbp)]);
        (cause.Stake.Calls, cause.Stake.CallsWithoutCost, cause.Stake.IsAtLeast).ShouldBe((4, 1, true));
        cause.Stake.Write(Currency.Gbp).ShouldBe("at least €2.00 and £0.50");
        cause.Stake.Say(Currency.Gbp).ShouldBe("at least 2.00 EUR and 0.50 GBP");
        await ExcludeAsync(books, cause);
        await using var db = await books.BeginAsync();
        (await ErrorDesk.ExclusionsAsync(db)).ShouldHaveSingleItem().Stake.ShouldBe(cause.Stake);
    }

    [Fact]
    public void ERR_6_Sums_of_one_currency_are_added_up_and_others_stand_beside_them()
    {
        var sum = Stake.Sum([new Stake([new Money(1m, Currency.Gbp)], 2, 0), new Stake([new Money(2m, Currency.Gbp), new Money(3m, Currency.Eur)], 5, 1), new Stake([], 1, 1)]);
        (sum.In(Currency.Gbp), sum.In(Currency.Eur), sum.Calls, sum.CallsWithoutCost).ShouldBe((3m, 3m, 8, 2));
        new Stake([], 3, 3).Write(Currency.Gbp).ShouldBe("unknown");
        new Stake([], 3, 0).Write(Currency.Gbp).ShouldBe("£0.00");
        Stake.None.Write(Currency.Gbp).ShouldBe("£0.00");
    }

    [Fact]
    public async Task ERR_3_A_number_is_assigned_by_a_remedy_whose_preview_is_what_happens_and_its_undo_brings_all_back()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-01 09:00:00", 60), books.Call(Second, "2026-03-02 10:00:00", 600), books.Call(Second, "2026-03-20 10:00:00", 60),
            books.Call(Second, "2026-03-21 10:00:00", 60, "99912345678"))).ValueOrThrow();
        var before = await CausesAsync(books);
        var remedy = new Remedy(Remedy.Assign) { ServiceId = await ServiceAsync(books) };
        var repair = new ErrorRepair(books.Database, books.Clock);
        string[] keys = [.. before.Select(cause => cause.Cause.Key)];

        var preview = (await repair.PreviewAsync(books.Tenant, Ann, keys, remedy)).ValueOrThrow();
        (await CausesAsync(books)).ShouldBe(before, "a preview changes nothing");
        var actual = (await repair.ApplyAsync(books.Tenant, Ann, keys, remedy)).ValueOrThrow();
        actual.ShouldBe(preview);
        (actual.Cleared, actual.Moved, actual.Worth).ShouldBe((2, 1, 0.110m));
        (await CausesAsync(books)).ShouldHaveSingleItem().Code.ShouldBe("rating.unknown-destination");
        (await JobsAsync(books)).ShouldBeEmpty("the remedy tried the errors itself");

        var done = (await MendingsAsync(books)).ShouldHaveSingleItem();
        (done.Kind, done.By, done.Cleared, done.Moved, done.CanBeUndone).ShouldBe((Remedy.Assign, "Ann", 2, 1, true));
        (await repair.UndoAsync(books.Tenant, Ann, done.Id)).ValueOrThrow().ShouldBe(2);
        (await CausesAsync(books)).ShouldBe(before);
        (await repair.UndoAsync(books.Tenant, Ann, done.Id)).Reason().Code.ShouldBe("errors.undone");
        (await MendingsAsync(books)).ShouldHaveSingleItem().Returned.ShouldBe(2);
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task ERR_3_A_rate_is_added_for_several_destinations_at_once_and_undone_by_the_version_before()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-02 10:00:00", 60, "99912345678"), books.Call(First, "2026-03-03 10:00:00", 120, "99912345679"), books.Call(First, "2026-03-03 10:00:00", 60))).ValueOrThrow();
        var before = await CausesAsync(books);
        before.Count.ShouldBe(2);
        var tariff = await TariffAsync(books);
        var repair = new ErrorRepair(books.Database, books.Clock);
        string[] keys = [.. before.Select(cause => cause.Cause.Key)];
        var remedy = new Remedy(Remedy.Rate) { TariffId = tariff.Id, Prefix = "999", Destination = "Nowhere", PerMinute = 0.25m };
        (await repair.PreviewAsync(books.Tenant, Ann, keys, remedy with { Prefix = "998" })).Reason().Code.ShouldBe("errors.other-prefix");
        (await repair.PreviewAsync(books.Tenant, Ann, keys, remedy with { PerMinute = null })).Reason().Code.ShouldBe("errors.no-price");
        var preview = (await repair.PreviewAsync(books.Tenant, Ann, keys, remedy)).ValueOrThrow();
        (await TariffAsync(books)).Latest.ShouldBe(1);
        var actual = (await repair.ApplyAsync(books.Tenant, Ann, keys, remedy)).ValueOrThrow();
        actual.ShouldBe(preview);
        (actual.Cleared, actual.Worth, (await TariffAsync(books)).Latest).ShouldBe((2, 0.75m, 2));
        (await CausesAsync(books)).ShouldBeEmpty();

        (await repair.UndoAsync(books.Tenant, Ann, (await MendingsAsync(books)).Single().Id)).ValueOrThrow().ShouldBe(2);
        (await CausesAsync(books)).ShouldBe(before);
        (await TariffAsync(books)).Latest.ShouldBe(3, "what was published stays on record");
        await books.ShouldAddUpAsync();
    }

    [Theory]
    [InlineData(1), InlineData(7), InlineData(23)]
    public async Task ERR_3_Whatever_is_done_about_whatever_errors_the_preview_is_what_happens_and_undone_backwards_all_is_as_it_was(int seed)
    {
        var random = new Random(seed);
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        string[] called = ["442079460000", "99912345678", "99912345679", "99800000001"];
        var calls = Enumerable.Range(0, 40).Select(i => books.Call(First + (ulong)random.Next(5), $"2026-03-{random.Next(1, 29):00} {i / 2:00}:00:00", random.Next(1, 900), called[random.Next(called.Length)])).ToArray();
        (await books.ImportAsync("a.csv", calls)).ValueOrThrow();
        var repair = new ErrorRepair(books.Database, books.Clock);
        var (service, tariff) = (await ServiceAsync(books), await TariffAsync(books));
        var states = new Stack<IReadOnlyList<ErrorGroup>>();
        while (await CausesAsync(books) is { Count: > 0 } causes)
        {
            var first = causes[random.Next(causes.Count)];
            // One cause, or all that the same change mends.
            var kind = Remedies.Fits(Remedy.Assign, first) ? Remedy.Assign : Remedy.Rate;
            string[] keys = [.. (random.Next(2) == 0 ? [first] : causes.Where(cause => Remedies.Fits(kind, cause))).Select(cause => cause.Cause.Key)];
            var remedy = new Remedy(kind) { ServiceId = service, TariffId = tariff.Id, Destination = "Nowhere", PerMinute = random.Next(100) / 100m, From = kind == Remedy.Assign && random.Next(3) == 0 ? new(2026, 1, 1) : null };
            states.Push(causes);
            var preview = (await repair.PreviewAsync(books.Tenant, Ann, keys, remedy)).ValueOrThrow();
            (await CausesAsync(books)).ShouldBe(causes);
            (await repair.ApplyAsync(books.Tenant, Ann, keys, remedy)).ValueOrThrow().ShouldBe(preview);
            (causes.Sum(cause => cause.Calls) - (await CausesAsync(books)).Sum(cause => cause.Calls)).ShouldBe(preview.Cleared);
        }
        foreach (var done in await MendingsAsync(books))
        {
            (await repair.UndoAsync(books.Tenant, Ann, done.Id)).ValueOrThrow().ShouldBe((int)done.Cleared);
            (await CausesAsync(books)).ShouldBe(states.Pop());
        }
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task ERR_3_Nothing_is_undone_that_is_billed_or_that_somebody_changed_since()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(Second, "2026-03-02 10:00:00", 60), books.Call(Third, "2026-03-02 10:00:00", 60))).ValueOrThrow();
        var repair = new ErrorRepair(books.Database, books.Clock);
        var remedy = new Remedy(Remedy.Assign) { ServiceId = await ServiceAsync(books) };
        foreach (var cause in await CausesAsync(books)) (await repair.ApplyAsync(books.Tenant, Ann, [cause.Cause.Key], remedy)).ValueOrThrow();
        var mendings = await MendingsAsync(books);
        await using (var db = await books.BeginAsync())
        {
            var assigned = (await NumberBook.LoadAsync(db, null)).Single(one => one.Block.First == Third);
            (await NumberBook.EndAsync(db, assigned.Account, assigned.Id, assigned.Version, new(2026, 12, 31))).ValueOrThrow();
            await db.CommitAsync();
        }
        (await repair.UndoAsync(books.Tenant, Ann, mendings.Single(one => one.Causes[0].Subject.EndsWith('3')).Id)).Reason().Code.ShouldBe(Remedies.TooLate);
        await books.BillAsync(Books.March);
        (await repair.UndoAsync(books.Tenant, Ann, mendings.Single(one => one.Causes[0].Subject.EndsWith('2')).Id)).Reason().Code.ShouldBe("errors.undo-billed");
    }

    [Fact]
    public async Task ERR_3_A_remedy_that_does_not_fit_is_refused()
    {
        await using var books = await Books.OpenAsync();
        (await books.ImportAsync("a.csv", books.Call(Second, "2026-03-02 10:00:00", 60))).ValueOrThrow();
        var cause = (await CausesAsync(books)).Single();
        var repair = new ErrorRepair(books.Database, books.Clock);
        (await repair.ApplyAsync(books.Tenant, Ann, [cause.Cause.Key], new Remedy(Remedy.Rate))).Reason().Code.ShouldBe(Remedies.WrongRemedy);
        (await repair.ApplyAsync(books.Tenant, Ann, [cause.Cause.Key], new Remedy(Remedy.Assign))).Reason().Code.ShouldBe("errors.no-service");
        (await repair.ApplyAsync(books.Tenant, Ann, ["0"], new Remedy(Remedy.Again))).Reason().Code.ShouldBe("errors.gone");
        (await MendingsAsync(books)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Errors_clear_by_themselves_when_a_number_is_assigned_or_a_tariff_published_elsewhere()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(Second, "2026-03-02 10:00:00", 60), books.Call(First, "2026-03-03 10:00:00", 60, "99912345678"))).ValueOrThrow();
        await using (var db = await books.BeginAsync())
        {
            await ServiceList.AssignNumbersAsync(db, (await ServiceList.FindAsync(db, "A1", "Line"))!.Value, Books.Number(Second), Books.Number(Second), new DateInterval(new(2026, 3, 1), null));
            await ServiceList.AssignNumbersAsync(db, (await ServiceList.FindAsync(db, "A1", "Line"))!.Value, Books.Number(Third), Books.Number(Third), new DateInterval(new(2026, 3, 1), null));
            await db.CommitAsync();
        }
        (await JobsAsync(books)).ShouldHaveSingleItem("one try is enough for all that a transaction changes").Kind.ShouldBe(ErrorRepair.RetryKind);
        await WorkAsync(books);
        (await CausesAsync(books)).ShouldHaveSingleItem().Code.ShouldBe("rating.unknown-destination");
        var done = (await MendingsAsync(books)).ShouldHaveSingleItem();
        (done.Kind, done.Cleared, done.CanBeUndone).ShouldBe(("retry", 1, false));

        await using (var db = await books.BeginAsync())
        {
            await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, """
                { "formatVersion": 1, "name": "Penny a minute", "currency": "GBP", "timeZone": "Europe/London",
                  "rounding": { "mode": "up", "unit": "0.001", "level": "call" },
                  "defaults": { "interval": { "first": 1, "next": 1 } },
                  "rates": [ { "prefix": "44", "destination": "UK", "perMinute": "0.01" }, { "prefix": "999", "destination": "Nowhere", "perMinute": "0.5" } ] }
                """, books.Clock.GetUtcNow());
            await db.CommitAsync();
        }
        await WorkAsync(books);
        (await CausesAsync(books)).ShouldBeEmpty();
        (await MendingsAsync(books))[0].Worth.ShouldBe(0.5m);

        // With nothing in error nothing is asked for; a try that clears nothing leaves no trace.
        await using (var db = await books.BeginAsync())
        {
            await ServiceList.AssignNumbersAsync(db, (await ServiceList.FindAsync(db, "A1", "Line"))!.Value, Books.Number(441632960009), Books.Number(441632960009), new DateInterval(new(2026, 3, 1), null));
            await db.CommitAsync();
        }
        (await JobsAsync(books)).ShouldBeEmpty();
        (await MendingsAsync(books)).Count.ShouldBe(2);
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task A_change_while_errors_are_tried_is_tried_too_and_a_raised_limit_lets_late_calls_in()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(First, "2025-06-02 10:00:00", 60), books.Call(First, "2026-03-03 10:00:00", 60))).ValueOrThrow();
        (await CausesAsync(books)).ShouldHaveSingleItem().Code.ShouldBe("usage.too-old");
        await using (var db = await books.BeginAsync())
        {
            await db.ExecuteAsync($"update tenancy.tenant set late_call_days = 400");
            await db.CommitAsync();
        }
        await using (var db = await books.BeginAsync())
        {
            // As a host does when it begins the job: what changes from now on is another job's.
            await db.ExecuteAsync($"update tenancy.job set state = 'running', started_at = now()");
            await db.CommitAsync();
        }
        await using (var db = await books.BeginAsync())
        {
            await db.ExecuteAsync($"update tenancy.tenant set late_call_days = 401");
            await db.CommitAsync();
        }
        (await JobsAsync(books)).Count.ShouldBe(2);
        await WorkAsync(books);
        (await CausesAsync(books)).ShouldBeEmpty();
    }

    /// <summary>The newest call of its file decides, and it does so after a monthly file took that call's place too.</summary>
    [Fact]
    public async Task C4_A_call_that_came_too_late_stays_so_when_the_monthly_file_has_the_newer_ones()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        var march = books.Call(First, "2026-03-03 10:00:00", 60);
        (await books.ImportAsync("a.csv", books.Call(First, "2025-06-02 10:00:00", 60), march)).ValueOrThrow();
        (await books.ImportAsync("march.csv", new FileStatement(CdrFileKind.Monthly, new DateInterval(new(2026, 3, 1), new(2026, 4, 1))), march)).ValueOrThrow();
        await using (var db = await books.BeginAsync())
        {
            await db.ExecuteAsync($"update tenancy.tenant set late_call_days = 91");
            await db.CommitAsync();
        }

        await WorkAsync(books);

        (await CausesAsync(books)).ShouldHaveSingleItem().Code.ShouldBe("usage.too-old");
    }

    [Fact]
    public async Task A_decision_to_exclude_is_remembered_up_to_its_day_and_can_be_revoked()
    {
        await using var books = await Books.OpenAsync();
        (await books.ImportAsync("a.csv", books.Call(Second, "2026-03-02 10:00:00", 60))).ValueOrThrow();
        var cause = (await CausesAsync(books)).Single();
        var (now, today) = (books.Clock.GetUtcNow(), books.Tenant.DayOf(books.Clock.GetUtcNow()));
        long rule;
        await using (var db = await books.Database.BeginAsync(books.Tenant.Id, Ann))
        {
            (await ExclusionRules.MakeAsync(db, cause.Cause, "Our test line", today.AddDays(-1), today, now)).Reason().Code.ShouldBe("errors.bad-end");
            rule = (await ExclusionRules.MakeAsync(db, cause.Cause, "Our test line", today.AddDays(30), today, now)).ValueOrThrow();
            await db.CommitAsync();
        }
        (await CausesAsync(books)).ShouldHaveSingleItem("a rule is for what comes").Calls.ShouldBe(1);
        (await books.ImportAsync("b.csv", books.Call(Second, "2026-03-05 10:00:00", 60), books.Call(Second, "2026-05-05 10:00:00", 60), books.Call(Third, "2026-03-05 10:00:00", 60))).ValueOrThrow();
        (await CausesAsync(books)).Select(one => (one.Subject, one.Calls)).ShouldBe([("+441632960002", 2), ("+441632960003", 1)]);
        await using (var db = await books.BeginAsync())
        {
            var excluded = (await ErrorDesk.ExclusionsAsync(db)).ShouldHaveSingleItem();
            (excluded.By, excluded.Calls, excluded.Why).ShouldBe(("Ann", 1, $"Our test line (rule {rule})"));
            (await ErrorDesk.UndoAsync(db, excluded)).ShouldBe(1);
            (await ExclusionRules.RevokeAsync(db, rule, now)).ShouldBeTrue();
            (await ExclusionRules.RevokeAsync(db, rule, now)).ShouldBeFalse();
            await db.CommitAsync();
        }
        (await books.ImportAsync("c.csv", books.Call(Second, "2026-03-06 10:00:00", 60))).ValueOrThrow();
        (await CausesAsync(books)).First(one => one.Subject == "+441632960002").Calls.ShouldBe(4);
        await books.ShouldAddUpAsync();
    }

    [Fact]
    public async Task ERR_7_What_was_mended_still_counts_for_the_time_it_arose_in()
    {
        await using var books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", [.. Enumerable.Range(0, 7).Select(i => books.Call(First, $"2026-03-0{i + 1} 10:00:00", 60)), books.Call(Second, "2026-03-30 10:00:00", 60)])).ValueOrThrow();
        (await books.ImportAsync("b.csv", books.Call(First, "2026-04-01 06:00:00", 60), books.Call(Third, "2026-04-01 06:00:00", 60))).ValueOrThrow();
        await books.Runs.OpenAsync(books.Tenant, Books.March);
        var first = await TrendAsync(books, TrendBy.Month);
        first.Select(p => (p.Label, p.Lines, p.Errors, p.PerThousand, p.Open)).ShouldBe([("Mar 2026", 8, 1, 125m, 1), ("Apr 2026", 2, 1, 500m, 1)]);
        (await TrendAsync(books, TrendBy.Run)).Select(p => (p.Label, p.Lines, p.PerThousand)).ShouldBe([("Run 1, to 31 Mar 2026", 8, 125m)]);
        (await TrendAsync(books, TrendBy.File)).Select(p => (p.Label, p.Lines, p.PerThousand)).ShouldBe([("a.csv", 8, 125m), ("b.csv", 2, 500m)]);
        (await TrendAsync(books, TrendBy.Day)).Single(p => p.Label == "30 Mar 2026").PerThousand.ShouldBe(1000m);

        var repair = new ErrorRepair(books.Database, books.Clock);
        var causes = await CausesAsync(books);
        (await repair.ApplyAsync(books.Tenant, Ann, [causes.Single(c => c.Subject.EndsWith('2')).Cause.Key], new Remedy(Remedy.Assign) { ServiceId = await ServiceAsync(books) })).ValueOrThrow();
        await ExcludeAsync(books, causes.Single(c => c.Subject.EndsWith('3')));
        (await TrendAsync(books, TrendBy.Month)).Select(p => (p.Errors, p.Open)).ShouldBe([(1, 0), (1, 0)]);
        // Taken back, it is the error it was: it does not arise a second time.
        (await repair.UndoAsync(books.Tenant, Ann, (await MendingsAsync(books)).Single().Id)).ValueOrThrow();
        (await TrendAsync(books, TrendBy.Month)).Select(p => (p.Errors, p.Open)).ShouldBe([(1, 1), (1, 0)]);
    }

    // A call of the second number with a cost of its own.
    private static string Priced(Books books, string cost, string currency) => books.Call(Second, "2026-03-02 10:00:00", 60).Replace(",0.01,", $",{cost},", StringComparison.Ordinal).Replace(",GBP", "," + currency, StringComparison.Ordinal);

    private static async Task<IReadOnlyList<ErrorGroup>> CausesAsync(Books books)
    {
        await using var db = await books.BeginAsync();
        return await ErrorDesk.LoadAsync(db);
    }

    private static async Task<IReadOnlyList<Mending>> MendingsAsync(Books books)
    {
        await using var db = await books.BeginAsync();
        return await MendingBook.LoadAsync(db, 100);
    }

    private static async Task<IReadOnlyList<TrendPoint>> TrendAsync(Books books, TrendBy by)
    {
        await using var db = await books.BeginAsync();
        return await ErrorTrend.LoadAsync(db, books.Tenant, by, new RunPeriods());
    }

    private static async Task<IReadOnlyList<Job>> JobsAsync(Books books)
    {
        await using var db = await books.BeginAsync();
        return [.. (await JobBook.ListAsync(db, 50)).Where(job => job.IsLive && job.Kind == ErrorRepair.RetryKind)];
    }

    private static async Task WorkAsync(Books books)
    {
        var runner = new JobRunner(books.Database, new JobKinds(UsageModule.Jobs(new CdrUploads(books.Database, new CdrFormatCatalog(), new UploadFolder(Path.GetTempPath()), new UploadLimits(), books.Clock), new ErrorRepair(books.Database, books.Clock))), books.Clock);
        foreach (var job in await JobsAsync(books)) await runner.RunAsync(books.Tenant.Id, job.Id, CancellationToken.None);
    }

    private static async Task ExcludeAsync(Books books, ErrorGroup cause)
    {
        await using var db = await books.BeginAsync();
        await ErrorDesk.ExcludeAsync(db, cause.Code, cause.Subject, "Ann", "Not ours", books.Clock.GetUtcNow());
        await db.CommitAsync();
    }

    private static async Task<long> ServiceAsync(Books books)
    {
        await using var db = await books.BeginAsync();
        return (await ServiceList.FindAsync(db, "A1", "Line"))!.Value.Value;
    }

    private static async Task<TariffEntry> TariffAsync(Books books)
    {
        await using var db = await books.BeginAsync();
        return (await TariffBook.LoadAsync(db)).Single();
    }
}
