using Billing.Abstractions.Values;
using Billing.Api.Webhooks;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Plugins.UkPrerated;
using Billing.Tenancy.Users;
using Billing.Usage.Arrivals;
using Billing.Usage.Import;

namespace Billing.Invoicing.Tests;

/// <summary>A file that does not come is told of once, by the clock (2.5).</summary>
[Trait("needs", "postgres")]
public sealed class ArrivalWatchTests : IAsyncLifetime
{
    private const ulong First = 441632960001;

    private readonly MovedClock clock = new();
    private readonly CdrFormatCatalog formats = new();
    private Books books = null!;
    private string carrier = "";

    public async Task InitializeAsync()
    {
        books = await Books.OpenAsync();
        formats.Add(new UkPreratedCdrFormat());
        carrier = formats.Formats[0].Info.Carrier;
        await using var db = await books.BeginAsync();
        (await WebhookBook.AddAsync(db, "https://example.com/events", EventKind.All, Permission.All.ToHashSet(), new WebhookSettings(false))).ValueOrThrow();
        (await ArrivalBook.SaveAsync(db, 0, 0, new ArrivalTerms(carrier, "Daily calls", ArrivalEvery.Daily, 120, new(2026, 3, 30), null, null))).ValueOrThrow();
        await db.CommitAsync();
    }

    public async Task DisposeAsync() => await books.DisposeAsync();

    [Fact]
    public async Task A_late_file_is_told_of_once_and_is_not_late_any_more_when_it_comes()
    {
        clock.Now = At("2026-03-31T00:30Z");
        (await WatchAsync()).ShouldBe(0, "it has until two hours after midnight, London time");
        clock.Now = At("2026-03-31T01:01Z");
        (await WatchAsync()).ShouldBe(1);
        (await WatchAsync()).ShouldBe(0, "told already");
        (await LateAsync()).ShouldBe([At("2026-03-29T23:00Z")]);
        clock.Now = At("2026-04-01T01:01Z");
        (await WatchAsync()).ShouldBe(1, "the next day's");
        (await EventsAsync()).ShouldBe(2);

        // The file of the last day comes, in Books' own time: 1 April at 8:00.
        (await books.ImportAsync("a.csv", books.Call(First, "2026-03-31 10:00:00", 60))).ValueOrThrow();
        clock.Now = At("2026-04-01T09:00Z");
        (await WatchAsync()).ShouldBe(0);
        (await LateAsync()).ShouldBe([At("2026-03-29T23:00Z")]);
    }

    [Fact]
    public async Task Somebody_may_say_that_a_late_file_will_not_come_and_nothing_else()
    {
        clock.Now = At("2026-03-31T01:01Z");
        (await ExcuseAsync(At("2026-03-29T23:00Z"), " ")).ShouldBe("arrival.no-reason");
        (await ExcuseAsync(At("2026-03-30T23:00Z"), "Holiday")).ShouldBe("arrival.not-late");
        (await ExcuseAsync(At("2026-03-29T23:00Z"), "Holiday")).ShouldBeNull();
        (await LateAsync()).ShouldBeEmpty();
        (await WatchAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_plan_is_changed_by_whoever_read_it_last_and_its_name_is_the_carriers_once()
    {
        await using var db = await books.BeginAsync();
        var plan = (await ArrivalBook.PlansAsync(db)).ShouldHaveSingleItem();
        (await ArrivalBook.SaveAsync(db, 0, 0, plan.Terms)).TryGet(out _, out var taken).ShouldBeFalse();
        taken!.Code.ShouldBe("records.taken");
        var changed = (await ArrivalBook.SaveAsync(db, plan.Id, plan.Version, plan.Terms with { Label = "Calls" })).ValueOrThrow();
        changed.Version.ShouldBe(2);
        (await ArrivalBook.SaveAsync(db, plan.Id, plan.Version, plan.Terms)).TryGet(out _, out var stale).ShouldBeFalse();
        stale!.Code.ShouldStartWith("records.");
        (await ArrivalBook.RemoveAsync(db, plan.Id, changed.Version)).ShouldBeNull();
        (await ArrivalBook.PlansAsync(db)).ShouldBeEmpty();
    }

    private Task<int> WatchAsync() => new ArrivalWatch(books.Database, formats, clock).LookAsync();

    private async Task<IReadOnlyList<DateTimeOffset>> LateAsync()
    {
        await using var db = await books.BeginAsync();
        return [.. (await ArrivalBook.LoadAsync(db, books.Tenant, formats, clock.Now)).SelectMany(one => one.Late).Select(slot => slot.Start)];
    }

    private async Task<string?> ExcuseAsync(DateTimeOffset slot, string why)
    {
        await using var db = await books.BeginAsync();
        var result = await ArrivalBook.ExcuseAsync(db, books.Tenant, formats, 1, slot, why, clock.Now);
        if (!result.TryGet(out _, out var failure)) return failure.Code;
        await db.CommitAsync();
        return null;
    }

    private async Task<long> EventsAsync()
    {
        await using var db = await books.BeginAsync();
        return await db.ScalarAsync<long>($"select count(*) from api.event where kind = {EventKind.CdrFileLate}");
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
