using Billing.Abstractions.Values;
using Billing.Customers.Services;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Customers.Tests.Services;

[Trait("needs", "postgres")]
[Trait("feature", "N7")]
public sealed class NumberBookTests
{
    private static readonly DateOnly Start = new(2020, 1, 1);

    [Fact]
    public async Task An_overlap_is_refused_with_the_name_of_who_holds_the_number_and_since_when()
    {
        await using var desk = await Desk.OpenAsync();
        var first = await desk.ServiceAsync(await desk.AccountAsync("A1"), "Main line");
        var second = await desk.ServiceAsync(await desk.AccountAsync("A2"), "Other line");
        await desk.AssignAsync(first, "020 7946 0000", "020 7946 0009", Start);

        var refusal = await desk.RefusalAsync(db => NumberBook.AssignAsync(db, second, Desk.Block("020 7946 0005", "020 7946 0012"), new(new(2026, 1, 1), null)));

        refusal.Code.ShouldBe("records.number-held");
        refusal.Message.ShouldStartWith("+442079460000 to +442079460009 belongs to A1 Account A1, service Main line, since 1 Jan 2020.");
    }

    [Fact]
    public async Task A_single_number_inside_a_range_may_belong_to_another_service()
    {
        await using var desk = await Desk.OpenAsync();
        var account = await desk.AccountAsync("A1");
        var range = await desk.ServiceAsync(account, "Range");
        var single = await desk.ServiceAsync(account, "Single");
        await desk.AssignAsync(range, "020 7946 0000", "020 7946 0009", Start);
        await desk.AssignAsync(single, "020 7946 0005", "020 7946 0005", Start);

        (await desk.RefusalAsync(db => NumberBook.AssignAsync(db, range, Desk.Block("020 7946 0005"), new(Start, null)))).Message.ShouldContain("service Single");
    }

    [Fact]
    public async Task An_end_is_the_last_day_that_belongs_to_it_and_the_next_owner_may_begin_the_day_after()
    {
        await using var desk = await Desk.OpenAsync();
        var account = await desk.AccountAsync("A1");
        var (old, next) = (await desk.ServiceAsync(account, "Old"), await desk.ServiceAsync(account, "Next"));
        var id = await desk.AssignAsync(old, "020 7946 0000", "020 7946 0000", Start);

        await desk.DoAsync(async db => (await NumberBook.EndAsync(db, account, id, 1, new(2026, 3, 31))).ValueOrThrow());

        (await desk.RefusalAsync(db => NumberBook.AssignAsync(db, next, Desk.Block("020 7946 0000"), new(new(2026, 3, 31), null)))).Message.ShouldContain("up to and including 31 Mar 2026");
        await desk.AssignAsync(next, "020 7946 0000", "020 7946 0000", new(2026, 4, 1));
        (await desk.RefusalAsync(db => NumberBook.EndAsync(db, account, id, 2, null))).Code.ShouldBe("records.number-held");
    }

    [Fact]
    public async Task A_number_moves_on_a_day_without_a_gap()
    {
        await using var desk = await Desk.OpenAsync();
        var (one, two) = (await desk.AccountAsync("A1"), await desk.AccountAsync("A2"));
        var (from, to) = (await desk.ServiceAsync(one, "From"), await desk.ServiceAsync(two, "To"));
        var id = await desk.AssignAsync(from, "020 7946 0000", "020 7946 0000", Start);

        await desk.DoAsync(async db => (await NumberBook.TransferAsync(db, one, id, 1, to, new(2026, 3, 15))).ValueOrThrow());

        (await desk.DoAsync(db => NumberBook.LoadAsync(db, one))).Single().Valid.ShouldBe(new DateInterval(Start, new(2026, 3, 15)));
        (await desk.DoAsync(db => NumberBook.LoadAsync(db, two))).Single().Valid.ShouldBe(new DateInterval(new(2026, 3, 15), null));
    }

    [Fact]
    [Trait("feature", "N8")]
    public void Whatever_moves_out_of_a_range_every_number_has_one_owner_every_day()
    {
        var cases = Gen.Choose(0, 9).SelectMany(first => Gen.Choose(first, 9).SelectMany(last => Gen.Choose(0, 40).Select(day => (first, last, day))));
        Prop.ForAll(cases.ToArbitrary(), c => HoldsAsync(c.first, c.last, c.day).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

        static async Task<bool> HoldsAsync(int first, int last, int day)
        {
            await using var desk = await Desk.OpenAsync();
            var account = await desk.AccountAsync("A1");
            var (from, to) = (await desk.ServiceAsync(account, "From"), await desk.ServiceAsync(account, "To"));
            var id = await desk.AssignAsync(from, "020 7946 0000", "020 7946 0009", Start, Start.AddDays(60));
            var part = Desk.Block("020 7946 000" + first, "020 7946 000" + last);
            await desk.DoAsync(async db => (await NumberBook.TransferAsync(db, account, id, 1, to, Start.AddDays(day), part)).ValueOrThrow());
            var all = await desk.DoAsync(db => NumberBook.LoadAsync(db, account));
            for (var number = 0; number < 10; number++)
                for (var at = 0; at < 60; at++)
                {
                    var digits = Desk.Number("020 7946 000" + number).Digits;
                    var owner = all.Single(a => a.Block.First <= digits && digits <= a.Block.Last && a.Valid.Contains(Start.AddDays(at))).Service;
                    if (owner != (at >= day && number >= first && number <= last ? to : from)) return false;
                }
            return !all.Any(a => a.Valid.Contains(Start.AddDays(60)));
        }
    }

    [Theory]
    [InlineData("4.47E+11", "number.spreadsheet")]
    [InlineData("442079460000.0", "number.spreadsheet")]
    [InlineData("2079460000", "number.no-country")]
    [InlineData("7700900123", "number.no-country")]
    [InlineData("020 7946", "number.not-e164")]
    [InlineData("+44 0207 946", "number.not-e164")]
    [InlineData("ring me", "number.not-e164")]
    [InlineData("=1+1", "number.no-country")]
    public void A_number_that_could_be_wrong_is_refused_with_the_reason(string text, string code)
    {
        NumberText.Parse(text, "GB").TryGet(out _, out var failure).ShouldBeFalse();
        failure!.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("020 7946 0000")]
    [InlineData("+44 (0)20 7946 0000")]
    [InlineData("0044 20 7946 0000")]
    [InlineData("442079460000")]
    public void The_usual_spellings_are_one_number(string text) => NumberText.Parse(text, "GB").ValueOrThrow().Digits.ShouldBe(442079460000UL);
}
