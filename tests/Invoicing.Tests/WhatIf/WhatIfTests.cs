using System.Text.Json.Nodes;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Invoicing.Tests.Allowances;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage;
using Billing.Usage.Import;
using Billing.Usage.Matching;
using Billing.Usage.Uploads;
using Billing.Usage.WhatIf;

namespace Billing.Invoicing.Tests.WhatIf;

/// <summary>
/// A month small enough to be worked out by hand, replayed on a real PostgreSQL as the restricted role. 6p a minute to UK landlines, 40p and 5p connection to France:
/// A calls UK for 60 s (0.06) and France for 120 s (0.85); B calls UK for 90 s (0.09); C has two minutes free and calls UK for 60 s (0.00) and for 120 s (0.06).
/// Each call costs 0.01. Together 1.06, of which 1.01 is margin.
/// </summary>
[Trait("needs", "postgres")]
public sealed class WhatIfTests
{
    private static readonly DateOnly March = new(2026, 3, 1);

    [Fact]
    public async Task F3_5_ten_percent_more_comes_to_what_a_pencil_comes_to_before_and_after_the_month_is_billed()
    {
        await using var books = await MonthAsync();
        var open = await ReplayAsync(books, new DraftWish(TariffShelf.DefaultCode, Percent: 10));

        var total = open.Total;
        (total.Calls, total.Seconds, total.Charged, total.Before, total.After).ShouldBe((5, 450, 1.06m, 1.06m, 1.166m));
        (total.Change, total.ChangePercent, total.Cost, total.WithoutCost, total.MarginBefore, total.MarginAfter).ShouldBe((0.106m, 10m, 0.05m, 0, 1.01m, 1.116m));
        // The call that an allowance covers whole comes to nothing on both sides.
        (total.PricedOtherwise, total.ChargedOtherwise, total.Lost, total.Gained, total.Unrated).ShouldBe((4, 0, 0, 0, 0));
        open.Accounts.Select(a => (a.Figures.Before, a.Figures.After, a.Share, a.Months)).ShouldBe([(0.91m, 1.001m, 85.8m, 1), (0.09m, 0.099m, 8.5m, 1), (0.06m, 0.066m, 5.7m, 1)]);
        open.Accounts[0].TypicalBefore(Currency.Gbp).ShouldBe(0.91m);
        open.Accounts[0].TypicalAfter(Currency.Gbp).ShouldBe(1.00m);
        open.Destinations.Select(d => (d.Kind, d.Destination, d.Figures.Calls, d.Figures.Before, d.Figures.After)).ShouldBe([("voice", "France", 1, 0.85m, 0.935m), ("voice", "UK landline", 4, 0.21m, 0.231m)]);
        open.Months.ShouldHaveSingleItem().Figures.ShouldBe(total);
        open.Causes.ShouldBeEmpty();

        await books.BillAsync(Books.March);
        (await ReplayAsync(books, new DraftWish(TariffShelf.DefaultCode, Percent: 10))).Total.ShouldBe(total, "billed calls are replayed like open ones");
    }

    [Fact]
    public async Task F3_5_an_unchanged_draft_changes_nothing_to_the_penny()
    {
        await using var books = await MonthAsync();
        await books.CapAsync((await AccountOfAsync(books, "A")), 0.10m);
        var outcome = await ReplayAsync(books, new DraftWish(TariffShelf.DefaultCode, Document: await PublishedAsync(books, TariffShelf.DefaultCode)));
        outcome.Total.IsUnchanged.ShouldBeTrue();
        (outcome.Total.Charged, outcome.Total.Before, outcome.Total.After).ShouldBe((0.25m, 0.25m, 0.25m));
        outcome.Accounts.ShouldAllBe(a => a.Figures.IsUnchanged && a.Figures.ChargedOtherwise == 0);

        // What the cap kept from being billed ends as excluded, and is usage all the same: a higher cap or a lower price would bill it.
        await books.BillAsync(Books.March);
        (await ReplayAsync(books, new DraftWish(TariffShelf.DefaultCode, Version: 2))).Total.ShouldBe(outcome.Total);
    }

    [Fact]
    public async Task F3_5_calls_without_a_price_are_counted_named_and_never_free()
    {
        await using var books = await MonthAsync();
        await books.ImportAsync("more.csv", books.Call(Shop.First, "2026-03-09 10:00:00", 60, "99912345678"), books.Call(441632960999, "2026-03-09 11:00:00", 60));
        var document = JsonNode.Parse(await PublishedAsync(books, TariffShelf.DefaultCode))!;
        var rates = document["rates"]!.AsArray();
        rates.Remove(rates.Single(rate => (string?)rate!["prefix"] == "33"));
        rates.Add(new JsonObject { ["prefix"] = "999", ["destination"] = "Satellite", ["perMinute"] = "2" });

        var outcome = await ReplayAsync(books, new DraftWish(TariffShelf.DefaultCode, Document: document.ToJsonString()));

        var total = outcome.Total;
        (total.Calls, total.Before, total.After, total.Lost, total.LostWorth, total.Gained, total.GainedWorth).ShouldBe((6, 1.06m, 2.21m, 1, 0.85m, 1, 2m));
        var cause = outcome.Causes.ShouldHaveSingleItem();
        (cause.Code, cause.Tariff, cause.Destination, cause.Calls, cause.Worth, cause.IsNew).ShouldBe(("rating.unknown-destination", "default", "France", 1, 0.85m, true));
        cause.Message.ShouldContain("knows no rate for");
        outcome.LeftOut.ShouldHaveSingleItem().ShouldBe(new WhatIfLeftOut("usage.unassigned", 1));
        outcome.Destinations.Single(d => d.Destination == "Satellite").Figures.Gained.ShouldBe(1);

        // Without the change the same call has no price on either side, with its reason.
        var unchanged = await ReplayAsync(books, new DraftWish(TariffShelf.DefaultCode, Version: 2));
        (unchanged.Total.Unrated, unchanged.Total.Lost).ShouldBe((1, 0));
        unchanged.Causes.ShouldHaveSingleItem().IsNew.ShouldBeFalse();
    }

    [Fact]
    public async Task F3_5_accounts_move_to_another_tariff_alone_or_all_of_one()
    {
        await using var books = await MonthAsync();
        await using (var db = await books.BeginAsync())
        {
            await TariffShelf.PublishAsync(db, "cheap", Tariff("Cheap", "0.03"), books.Clock.GetUtcNow());
            await db.CommitAsync();
        }
        var one = await ReplayAsync(books, [], new WhatIfMove("B", null, "cheap"));
        (one.Total.Before, one.Total.After, one.Total.PricedOtherwise).ShouldBe((1.06m, 1.015m, 1));
        one.Accounts[^1].Figures.Change.ShouldBe(-0.045m);
        one.Accounts[^1].Share.ShouldBe(100m);

        // Half of what an allowance leaves to be paid is half of it here as well; France has no rate there.
        var all = await ReplayAsync(books, [], new WhatIfMove(null, TariffShelf.DefaultCode, "cheap"));
        (all.Total.After, all.Total.Lost, all.Causes.Single().Tariff).ShouldBe((0.105m, 1, "cheap"));
        // Who is named goes where they are named to; and a draft may be of a tariff that is not there yet.
        var mixed = await ReplayAsync(books, [new DraftWish("dear", Document: Tariff("Dear", "0.60"))], new WhatIfMove(null, TariffShelf.DefaultCode, "cheap"), new WhatIfMove("B", null, "dear"));
        (mixed.Total.After, mixed.Accounts[0].Figures.After).ShouldBe((0.96m, 0.90m));
    }

    [Fact]
    public async Task F3_5_what_was_drawn_before_the_months_is_gone_on_both_sides()
    {
        await using var books = await Shop.OpenAsync();
        var account = await books.CustomerAsync("C", Shop.Third);
        // From the 15th to the 14th: a minute of it is used in February.
        await books.GiveAsync(account, Shop.Minutes(2), anchor: 15);
        (await books.ImportAsync("c.csv", books.Call(Shop.Third, "2026-02-20 10:00:00", 60), books.Call(Shop.Third, "2026-03-02 10:00:00", 120), books.Call(Shop.Third, "2026-03-20 10:00:00", 150))).ValueOrThrow();

        var outcome = await ReplayAsync(books, new DraftWish(TariffShelf.DefaultCode, Percent: -50));
        (outcome.Total.Calls, outcome.Total.Charged, outcome.Total.Before, outcome.Total.After).ShouldBe((2, 0.09m, 0.09m, 0.045m));
    }

    [Fact]
    public async Task F3_5_a_job_replays_keeps_the_result_and_changes_nothing_else()
    {
        await using var books = await MonthAsync();
        var before = await books.CallsAsync();
        StoredWhatIf asked;
        await using (var db = await books.Database.BeginAsync(books.Tenant.Id, new Actor(ActorKind.Staff, 1, "Ann")))
        {
            asked = (await WhatIfBook.AskAsync(db, books.Tenant, new WhatIfWish("Spring", March, 1, [new DraftWish(TariffShelf.DefaultCode, Percent: 10)], []), books.Clock.GetUtcNow())).ValueOrThrow();
            await db.CommitAsync();
        }
        asked.ShouldSatisfyAllConditions(a => a.Total.ShouldBeNull(), a => a.Job.ShouldNotBeNull().IsLive.ShouldBeTrue(), a => a.AskedBy.ShouldBe("Ann"), a => a.Drafts.ShouldBe(["default: version 2 with all prices +10 %"]));
        await WorkAsync(books);

        await using (var db = await books.BeginAsync())
        {
            var stored = (await WhatIfBook.FindAsync(db, asked.Id)).ShouldNotBeNull();
            stored.Job!.State.ShouldBe(JobState.Done, stored.Job.Message);
            stored.FinishedAt.ShouldBe(books.Clock.GetUtcNow());
            var outcome = await WhatIfRows.LoadAsync(db, asked.Id);
            (outcome.Total.Before, outcome.Total.After).ShouldBe((1.06m, 1.166m));
            outcome.Accounts.Select(a => (a.Number, a.Name, a.Figures.Change)).ShouldBe([("A", "Account A", 0.091m), ("B", "Account B", 0.009m), ("C", "Account C", 0.006m)]);
            // What is stored is what was found.
            var found = await ReplayAsync(books, new DraftWish(TariffShelf.DefaultCode, Percent: 10));
            (outcome.Total, outcome.Causes.Count, outcome.LeftOut.Count).ShouldBe((found.Total, 0, 0));
            outcome.Months.ShouldBe(found.Months);
            outcome.Destinations.ShouldBe(found.Destinations);
            outcome.Accounts.ShouldBe(found.Accounts.Zip(outcome.Accounts, (account, kept) => account with { Number = kept.Number, Name = kept.Name }));
            // The draft can be published as it was replayed.
            TariffReader.Read((await WhatIfBook.FindDraftAsync(db, asked.Id, 1))!.Document).TariffOrThrow().Rates.Single(rate => rate.Key == "44").PerMinute!.Highest.ShouldBe(0.066m);
        }
        (await books.CallsAsync()).ShouldBe(before);

        // Once more, and once more removed.
        await using (var db = await books.BeginAsync())
        {
            (await WhatIfBook.AskAgainAsync(db, asked.Id, books.Clock.GetUtcNow())).ValueOrThrow();
            await db.CommitAsync();
        }
        await WorkAsync(books);
        await using var last = await books.BeginAsync();
        (await WhatIfRows.LoadAsync(last, asked.Id)).Accounts.Count.ShouldBe(3);
        (await WhatIfBook.RemoveAsync(last, asked.Id)).ShouldBeTrue();
        (await WhatIfBook.ListAsync(last, null, null, 10)).ShouldBeEmpty();
        (await WhatIfBook.AskAgainAsync(last, asked.Id, books.Clock.GetUtcNow())).TryGet(out _, out var gone).ShouldBeFalse();
        gone!.Code.ShouldBe("what-if.not-found");
    }

    [Fact]
    public async Task A_replay_could_not_write_if_it_wanted_to()
    {
        await using var books = await MonthAsync();
        await using var db = await books.Database.BeginReadingAsync(books.Tenant.Id, Actor.System);
        (await db.ScalarAsync<string>($"select current_setting('transaction_isolation')")).ShouldBe("repeatable read");
        (await Should.ThrowAsync<Exception>(() => db.ExecuteAsync($"update usage.call set charge = 0"))).Message.ShouldContain("read-only");
    }

    [Theory]
    [InlineData("what-if.no-such-tariff", "drafts[0].tariff", "platinum", null, 5, null)]
    [InlineData("what-if.no-such-version", "drafts[0].version", "default", null, null, 9)]
    [InlineData("what-if.bad-percent", "drafts[0].percent", "default", null, -100, null)]
    [InlineData("what-if.bad-draft", "drafts[0].document", "default", null, null, null)]
    [InlineData("what-if.bad-draft", "drafts[0].document", "default", "{}", 5, null)]
    [InlineData("tariff.not-json", "drafts[0].document", "default", "{", null, null)]
    public async Task What_can_not_be_replayed_is_refused_with_its_place(string code, string field, string tariff, string? document, int? percent, int? version)
    {
        await using var books = await Shop.OpenAsync();
        await using var db = await books.BeginAsync();
        (await WhatIfPlanning.PlanAsync(db, books.Tenant, new WhatIfWish("Bad", March, 1, [new DraftWish(tariff, document, percent, version)], []))).TryGet(out _, out var refused).ShouldBeFalse();
        (refused!.Code, refused.Field).ShouldBe((code, field));
    }

    [Fact]
    public async Task A_draft_in_another_currency_two_of_one_tariff_and_a_move_to_nowhere_are_refused()
    {
        await using var books = await Shop.OpenAsync();
        await books.CustomerAsync("A", Shop.First);
        await using var db = await books.BeginAsync();
        (await CodeAsync([new DraftWish("default", Tariff("Euro", "0.05").Replace("GBP", "EUR", StringComparison.Ordinal))])).ShouldBe("what-if.currency");
        (await CodeAsync([new DraftWish("default", Percent: 1), new DraftWish("default", Percent: 2)])).ShouldBe("what-if.twice");
        (await CodeAsync([new DraftWish("new", Tariff("New", "0.05"))])).ShouldBe("what-if.no-such-tariff");
        (await CodeAsync([], new WhatIfMove("A", null, "nowhere"))).ShouldBe("what-if.no-such-tariff");
        (await CodeAsync([], new WhatIfMove("Z", null, "default"))).ShouldBe("what-if.no-such-account");
        (await CodeAsync([], new WhatIfMove("A", "default", "default"))).ShouldBe("what-if.bad-move");
        (await CodeAsync([])).ShouldBe("what-if.nothing-changes");
        (await WhatIfPlanning.PlanAsync(db, books.Tenant, new WhatIfWish("Bad", null, 1, [new DraftWish("default", Percent: 1)], []))).TryGet(out _, out var none).ShouldBeFalse();
        none!.Code.ShouldBe("what-if.no-calls");
        (await WhatIfPlanning.PlanAsync(db, books.Tenant, new WhatIfWish("Bad", March, 25, [new DraftWish("default", Percent: 1)], []))).TryGet(out _, out var many).ShouldBeFalse();
        (many!.Code, many.Field).ShouldBe(("what-if.bad-months", "months"));

        async Task<string> CodeAsync(IReadOnlyList<DraftWish> drafts, params WhatIfMove[] moves)
        {
            (await WhatIfPlanning.PlanAsync(db, books.Tenant, new WhatIfWish("Bad", March, 1, drafts, moves))).TryGet(out _, out var refused).ShouldBeFalse();
            return refused!.Code;
        }
    }

    [Fact]
    public async Task Another_tenants_tariffs_accounts_and_drafts_are_not_there()
    {
        await using var books = await MonthAsync();
        long asked;
        await using (var db = await books.BeginAsync())
        {
            await TariffShelf.PublishAsync(db, "secret", Tariff("Secret", "0.03"), books.Clock.GetUtcNow());
            asked = (await WhatIfBook.AskAsync(db, books.Tenant, new WhatIfWish("Ours", March, 1, [new DraftWish("secret", Percent: 10)], []), books.Clock.GetUtcNow())).ValueOrThrow().Id;
            await db.CommitAsync();
        }
        var other = await new TenantDirectory(books.Database).OpenAsync(new NewTenant("other", "Other", "Other Ltd", ["1 Low Street"], "GB", null, null, "GBP", "Europe/London", new Brand(null, "#123456", "#654321", null, null, null, [], null)));
        await using var theirs = await books.Database.BeginAsync(other.Id);
        (await WhatIfBook.FindAsync(theirs, asked)).ShouldBeNull();
        (await WhatIfBook.FindDraftAsync(theirs, asked, 1)).ShouldBeNull();
        (await WhatIfRows.LoadAsync(theirs, asked)).Accounts.ShouldBeEmpty();
        (await WhatIfBook.RemoveAsync(theirs, asked)).ShouldBeFalse();
        await RefusedAsync(new DraftWish("secret", Percent: 10), "what-if.no-such-tariff");
        await RefusedAsync(new DraftWish("secret", """{ "formatVersion": 1, "name": "Theirs", "basedOn": "secret" }"""), "what-if.no-such-tariff");
        await TariffShelf.PublishAsync(theirs, "default", Tariff("Theirs", "0.03"), books.Clock.GetUtcNow());
        await RefusedAsync(new DraftWish("default", """{ "formatVersion": 1, "name": "Theirs", "basedOn": "secret" }"""), "tariff.no-such-base");
        (await WhatIfPlanning.PlanAsync(theirs, other, new WhatIfWish("Theirs", March, 1, [], [new WhatIfMove("A", null, "default")]))).TryGet(out _, out var refused).ShouldBeFalse();
        refused!.Code.ShouldBe("what-if.no-such-account");

        async Task RefusedAsync(DraftWish draft, string code)
        {
            (await WhatIfPlanning.PlanAsync(theirs, other, new WhatIfWish("Theirs", March, 1, [draft], []))).TryGet(out _, out var wrong).ShouldBeFalse();
            wrong!.Code.ShouldBe(code);
        }
    }

    private static async Task<Books> MonthAsync()
    {
        var books = await Shop.OpenAsync();
        await books.CustomerAsync("A", Shop.First);
        await books.CustomerAsync("B", Shop.Second);
        await books.GiveAsync(await books.CustomerAsync("C", Shop.Third), Shop.Minutes(2));
        (await books.ImportAsync("march.csv",
            books.Call(Shop.First, "2026-03-02 10:00:00", 60), books.Call(Shop.First, "2026-03-03 10:00:00", 120, "33140000000"), books.Call(Shop.Second, "2026-03-04 10:00:00", 90),
            books.Call(Shop.Third, "2026-03-05 10:00:00", 60), books.Call(Shop.Third, "2026-03-06 10:00:00", 120))).ValueOrThrow();
        return books;
    }

    private static Task<WhatIfOutcome> ReplayAsync(Books books, DraftWish draft) => ReplayAsync(books, [draft]);

    private static async Task<WhatIfOutcome> ReplayAsync(Books books, IReadOnlyList<DraftWish> drafts, params WhatIfMove[] moves)
    {
        await using var db = await books.Database.BeginReadingAsync(books.Tenant.Id, Actor.System);
        var plan = (await WhatIfPlanning.PlanAsync(db, books.Tenant, new WhatIfWish("Test", March, 1, drafts, moves))).ValueOrThrow();
        return (await WhatIfReplay.RunAsync(db, books.Tenant, plan)).ValueOrThrow();
    }

    private static async Task WorkAsync(Books books)
    {
        var folder = Directory.CreateTempSubdirectory("billing-what-if-").FullName;
        try
        {
            var uploads = new CdrUploads(books.Database, new CdrFormatCatalog(), new UploadFolder(folder), new UploadLimits(), books.Clock);
            var runner = new JobRunner(books.Database, new JobKinds(UsageModule.Jobs(uploads, new ErrorRepair(books.Database, books.Clock))), books.Clock);
            foreach (var (tenant, job) in await JobBook.LiveAsync(books.Database)) await runner.RunAsync(tenant, job, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<AccountId> AccountOfAsync(Books books, string number)
    {
        await using var db = await books.BeginAsync();
        return (await AccountList.LoadAsync(db)).Single(account => account.Number == number).Id;
    }

    private static async Task<string> PublishedAsync(Books books, string code)
    {
        await using var db = await books.BeginAsync();
        var entry = (await TariffBook.LoadAsync(db)).Single(tariff => tariff.Code == code);
        return (await TariffBook.FindDocumentAsync(db, entry.Id, entry.Latest))!;
    }

    private static string Tariff(string name, string perMinute) => $$"""
        { "formatVersion": 1, "name": "{{name}}", "currency": "GBP", "timeZone": "Europe/London", "rounding": { "mode": "up", "unit": "0.0001", "level": "call" },
          "defaults": { "interval": { "first": 1, "next": 1 } }, "rates": [ { "prefix": "44", "destination": "UK landline", "perMinute": "{{perMinute}}" } ] }
        """;
}
