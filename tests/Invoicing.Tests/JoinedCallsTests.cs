using Billing.Abstractions.Values;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.Tests;

/// <summary>C5: a call whose lines lie in several files is one call, in whichever order the files come, and no line is lost on the way.</summary>
[Trait("needs", "postgres")]
public class JoinedCallsTests
{
    private protected virtual Parts OwnParts => Parts.None;

    private const ulong First = 441632960001;

    // 2 March 2026, 10:00:00 and 10:01:01 UTC.
    private const string Invite = "INVITE|a|b|call-1@sip|200|OK|1772445600|*postpaid|441632960001|442079460000||1:1\n";
    private const string Bye = "BYE|a|b|call-1@sip|200|OK|1772445661|||||1:1\n";
    private const string Lonely = "INVITE|c|d|call-2@sip|200|OK|1772445700|*postpaid|441632960001|442079460000||1:2\n";

    [Theory]
    [InlineData(Invite + Lonely, Bye)]
    [InlineData(Lonely + Bye, Invite)]
    public async Task A_call_over_two_files_is_in_the_second_one_whole(string first, string second)
    {
        await using var books = await Books.OpenAsync(OwnParts);
        await books.AccountAsync("A1", First);

        (await books.ImportTextAsync("acc_1.log", first)).ValueOrThrow().Calls.ShouldBe(new Dictionary<string, long> { ["error"] = 2 });
        (await books.ImportTextAsync("acc_2.log", second)).ValueOrThrow().Calls.ShouldBe(new Dictionary<string, long> { ["open"] = 1 });

        await using var db = await books.BeginAsync();
        (await db.QueryAsync($"select state, seconds, charge from usage.call where file_id = 2", row => (row.Text(0), row.Int(1), row.Decimal(2)))).ShouldBe([("open", 61, 0.011m)]);
        (await db.QueryAsync($"select state, excluded_why from usage.call where file_id = 1 and state <> 'error'", row => (row.Text(0), row.Text(1))))
            .ShouldBe([("excluded", "Part of the call on line 1 of acc_2.log")]);
        var group = (await ErrorDesk.LoadAsync(db)).ShouldHaveSingleItem();
        (group.Code, group.Calls).ShouldBe(("cdr.incomplete", 1));
        (await UsageBalance.LoadAsync(db, null)).ShouldAllBe(file => file.IsBalanced);
        (await UsageTally.DisagreementsAsync(db)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_line_waits_over_any_number_of_files_and_for_its_own_call_only()
    {
        await using var books = await Books.OpenAsync(OwnParts);
        await books.AccountAsync("A1", First);
        (await books.ImportTextAsync("acc_1.log", Invite)).ValueOrThrow();
        (await books.ImportTextAsync("acc_2.log", Lonely)).ValueOrThrow().Calls.ShouldBe(new Dictionary<string, long> { ["error"] = 1 });
        (await books.ImportAsync("other.csv", books.Call(First, "2026-03-02 12:00:00", 5))).ValueOrThrow();

        (await books.ImportTextAsync("acc_3.log", Bye)).ValueOrThrow().Calls.ShouldBe(new Dictionary<string, long> { ["open"] = 1 });

        await using var db = await books.BeginAsync();
        (await ErrorDesk.LoadAsync(db)).ShouldHaveSingleItem().Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_line_that_somebody_excluded_waits_no_longer()
    {
        await using var books = await Books.OpenAsync(OwnParts);
        await books.AccountAsync("A1", First);
        (await books.ImportTextAsync("acc_1.log", Invite)).ValueOrThrow();
        await using (var db = await books.BeginAsync())
        {
            var group = (await ErrorDesk.LoadAsync(db)).ShouldHaveSingleItem();
            await ErrorDesk.ExcludeAsync(db, group.Code, group.Subject, "Ann", "Cut off by the carrier", books.Clock.GetUtcNow());
            await db.CommitAsync();
        }
        (await books.ImportTextAsync("acc_2.log", Bye)).ValueOrThrow().Calls.ShouldBe(new Dictionary<string, long> { ["error"] = 1 });
    }
}
