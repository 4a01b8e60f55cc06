using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.Tests;

/// <summary>Billing errors mended: what a preview says is what happens, and what was excluded comes back.</summary>
[Trait("needs", "postgres")]
public class MendingTests
{
    private protected virtual Parts OwnParts => Parts.None;

    private const ulong First = 441632960001;
    private const ulong Second = 441632960002;

    private static readonly Actor Ann = new(ActorKind.Staff, 1, "Ann");

    [Fact]
    public async Task A_preview_changes_nothing_and_says_exactly_what_re_rating_does()
    {
        await using var books = await Books.OpenAsync(OwnParts);
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv",
            books.Call(Second, "2026-03-02 10:00:00", 600), books.Call(Second, "2026-03-20 10:00:00", 60), books.Call(Second, "2026-03-21 10:00:00", 60, "99912345678"))).ValueOrThrow();
        var cause = (await CausesAsync(books)).ShouldHaveSingleItem().Cause;
        cause.ShouldBe(new ErrorCause("usage.unassigned", "+441632960002"));
        // From the tenth on only: the first call stays in error, with another cause; the last one has an owner now and no rate.
        await using (var db = await books.BeginAsync())
        {
            await ServiceList.AssignNumbersAsync(db, (await ServiceList.FindAsync(db, "A1", "Line"))!.Value, Books.Number(Second), Books.Number(Second), new DateInterval(new(2026, 3, 10), null));
            await db.CommitAsync();
        }

        var repair = new ErrorRepair(books.Database, books.Clock);
        var preview = await repair.PreviewAsync(books.Tenant, Ann, cause);
        (await CausesAsync(books)).ShouldHaveSingleItem().Calls.ShouldBe(3, "a preview changes nothing");
        var actual = await repair.RerateAsync(books.Tenant, Ann, cause);

        actual.ShouldBe(preview);
        (actual.Calls, actual.Cleared, actual.StillFailing, actual.Moved, actual.Worth).ShouldBe((3, 1, 2, 2, 0.010m));
        (await CausesAsync(books)).Select(c => c.Code).ShouldBe(["rating.unknown-destination", "usage.not-owned-on-day"], ignoreOrder: true);
        (await repair.RerateAsync(books.Tenant, Ann, cause)).Calls.ShouldBe(0, "done twice it is done once");
    }

    [Fact]
    public async Task Re_rating_one_cause_leaves_the_others_alone()
    {
        await using var books = await Books.OpenAsync(OwnParts);
        await books.AccountAsync("A1", First);
        (await books.ImportAsync("a.csv", books.Call(Second, "2026-03-02 10:00:00", 60), books.Call(First, "2026-03-02 10:00:00", 60, "99912345678"))).ValueOrThrow();
        var outcome = await new ErrorRepair(books.Database, books.Clock).RerateAsync(books.Tenant, Ann, new ErrorCause("rating.unknown-destination", "+99912345678"));
        (outcome.Calls, outcome.StillFailing, outcome.Moved).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task What_was_excluded_says_who_and_why_and_comes_back_as_the_error_it_was()
    {
        await using var books = await Books.OpenAsync(OwnParts);
        (await books.ImportAsync("a.csv", books.Call(Second, "2026-03-02 10:00:00", 60), books.Call(Second, "2026-03-03 10:00:00", 60))).ValueOrThrow();
        var before = (await CausesAsync(books)).ShouldHaveSingleItem();
        await using (var db = await books.BeginAsync())
        {
            (await ErrorDesk.ExcludeAsync(db, before.Code, before.Subject, "Ann", "Our own test calls", books.Clock.GetUtcNow())).ShouldBe(2);
            await db.CommitAsync();
        }
        (await CausesAsync(books)).ShouldBeEmpty();
        await using (var db = await books.BeginAsync())
        {
            var exclusion = (await ErrorDesk.ExclusionsAsync(db)).ShouldHaveSingleItem();
            (exclusion.By, exclusion.Why, exclusion.Calls, exclusion.Code).ShouldBe(("Ann", "Our own test calls", 2, "usage.unassigned"));
            (await ErrorDesk.UndoAsync(db, exclusion)).ShouldBe(2);
            (await ErrorDesk.ExclusionsAsync(db)).ShouldBeEmpty();
            (await UsageBalance.LoadAsync(db, null)).ShouldHaveSingleItem().IsBalanced.ShouldBeTrue();
            await db.CommitAsync();
        }
        (await CausesAsync(books)).ShouldHaveSingleItem().ShouldBe(before);
    }

    private static async Task<IReadOnlyList<ErrorGroup>> CausesAsync(Books books)
    {
        await using var db = await books.BeginAsync();
        return await ErrorDesk.LoadAsync(db);
    }
}
