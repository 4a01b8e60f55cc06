using Billing.Abstractions.Values;
using Billing.Tenancy;
using Billing.Tenancy.Tenants;
using Billing.Usage.Arrivals;

namespace Billing.Usage.Tests.Arrivals;

/// <summary>What is expected beside what came, at any moment of the clock (2.5, C6).</summary>
public sealed class ArrivalCalendarTests
{
    private static readonly Tenant London = new(new TenantId(1), "t", "T", "T Ltd", [], "GB", null, null, Currency.Of("GBP"), TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
        new Brand(null, "#000000", "#000000", null, null, null, [], null), 90);

    private static readonly ArrivalTerms Daily = new("Gamma", "Daily calls", ArrivalEvery.Daily, 720, new(2026, 3, 1), @"GAM_(?<date>\d{8})_(?<number>\d+)\.csv", "yyyyMMdd");

    [Fact]
    public void A_day_is_expected_then_due_then_late_as_the_clock_goes_on()
    {
        StateAt("2026-03-01T10:00Z").ShouldBe(ArrivalState.Expected, "the day is not over");
        StateAt("2026-03-02T12:00Z").ShouldBe(ArrivalState.Expected, "due at noon of the day after, included");
        StateAt("2026-03-02T12:01Z").ShouldBe(ArrivalState.Late);
        StateAt("2026-03-02T12:01Z", File("GAM_20260301_1.csv", "2026-03-02T11:59Z")).ShouldBe(ArrivalState.Arrived);
        StateAt("2026-03-02T14:00Z", File("GAM_20260301_1.csv", "2026-03-02T13:00Z")).ShouldBe(ArrivalState.ArrivedLate);
        StateAt("2026-03-02T14:00Z", File("GAM_20260302_1.csv", "2026-03-02T11:00Z")).ShouldBe(ArrivalState.Late, "it is about another day");
        StateAt("2026-03-02T14:00Z", File("OTHER_20260301_1.csv", "2026-03-02T11:00Z")).ShouldBe(ArrivalState.Late, "it has another name");
        StateAt("2026-03-02T14:00Z", File("GAM_20260301_1.csv", "2026-03-02T11:00Z") with { Carrier = "BT" }).ShouldBe(ArrivalState.Late, "it is another carrier's");
        StateAt("2026-03-02T14:00Z", File("march.zip/in/GAM_20260301_1.csv", "2026-03-02T11:00Z")).ShouldBe(ArrivalState.Arrived, "folders and archives are no part of the name");

        static ArrivalState StateAt(string now, params ArrivedFile[] files) => Of(Daily, now, files).Slots.Single(slot => slot.Start == At("2026-03-01T00:00Z")).State;
    }

    [Fact]
    public void T4_Days_are_those_of_the_tenants_clock_also_when_it_changes()
    {
        var slots = Of(Daily with { FromOn = new(2026, 3, 28), DueMinutes = 0 }, "2026-03-31T10:00Z").Slots;
        slots.Select(slot => (slot.Start, slot.DueAt)).ShouldBe([
            (At("2026-03-30T23:00Z"), At("2026-03-31T23:00Z")), (At("2026-03-29T23:00Z"), At("2026-03-30T23:00Z")), (At("2026-03-29T00:00Z"), At("2026-03-29T23:00Z")), (At("2026-03-28T00:00Z"), At("2026-03-29T00:00Z"))]);
    }

    [Fact]
    public void An_hour_is_told_by_the_name_or_by_when_the_file_came()
    {
        var hourly = new ArrivalTerms("Gamma", "Hourly", ArrivalEvery.Hourly, 15, new(2026, 3, 2), @"h(?<date>\d{10})", "yyyyMMddHH");
        var slots = Of(hourly, "2026-03-02T03:20Z", File("h2026030201", "2026-03-02T02:05Z")).Slots;
        slots.Select(slot => slot.State).ShouldBe([ArrivalState.Expected, ArrivalState.Late, ArrivalState.Arrived, ArrivalState.Late]);
        Of(hourly with { NamePattern = null, DateForm = null }, "2026-03-02T03:20Z", File("x.csv", "2026-03-02T02:05Z")).Slots.Select(slot => slot.State)
            .ShouldBe([ArrivalState.Expected, ArrivalState.Late, ArrivalState.Arrived, ArrivalState.Late]);
    }

    [Fact]
    public void A_month_is_told_by_what_the_file_covers()
    {
        var monthly = new ArrivalTerms("Gamma", "Month", ArrivalEvery.Monthly, 2 * 1440, new(2026, 1, 15), null, null);
        var february = File("m.csv", "2026-03-05T10:00Z") with { Period = new DateInterval(new(2026, 2, 1), new(2026, 3, 1)) };
        Of(monthly, "2026-03-10T10:00Z", february).Slots.Select(slot => slot.State).ShouldBe([ArrivalState.Expected, ArrivalState.ArrivedLate, ArrivalState.Late]);
    }

    [Fact]
    public void Numbers_that_are_missing_are_named()
    {
        var calendar = Of(Daily, "2026-03-09T10:00Z", File("GAM_20260301_7.csv", "2026-03-02T01:00Z"), File("GAM_20260302_8.csv", "2026-03-03T01:00Z"), File("GAM_20260303_10.csv", "2026-03-04T01:00Z"), File("GAM_20260304_0014.csv", "2026-03-05T01:00Z"));
        calendar.Gaps.ShouldBe([new NumberGap(9, 9), new NumberGap(11, 13)]);
    }

    [Fact]
    public void What_somebody_excused_is_not_late_unless_it_comes_after_all()
    {
        var excuses = new Dictionary<DateTimeOffset, (string, string)> { [At("2026-03-01T00:00Z")] = ("Ann", "Holiday") };
        ArrivalCalendar.Of(new(1, 1, Daily), London, [], excuses, At("2026-03-03T09:00Z")).Slots[^1].ShouldSatisfyAllConditions(s => s.State.ShouldBe(ArrivalState.Excused), s => s.ExcusedWhy.ShouldBe("Holiday"));
        ArrivalCalendar.Of(new(1, 1, Daily), London, [File("GAM_20260301_1.csv", "2026-03-02T13:00Z")], excuses, At("2026-03-03T09:00Z")).Slots[^1].State.ShouldBe(ArrivalState.ArrivedLate);
    }

    [Theory]
    [InlineData("(", null, "arrival.bad-pattern")]
    [InlineData(@"(a)\1", null, "arrival.bad-pattern")]
    [InlineData("((a{100}){100}){100}", null, "arrival.bad-pattern")]
    [InlineData(@"(?<date>\d+)", null, "arrival.bad-date")]
    [InlineData(@"\d+", "yyyyMMdd", "arrival.bad-date")]
    [InlineData(@"(?<date>\d+)", "yyyyMM", "arrival.bad-date")]
    [InlineData(@"(?<date>\d+)", "%", "arrival.bad-date")]
    [InlineData(@"(?<date>\d+)", "ddMMyy", null)]
    public void A_pattern_that_can_not_say_what_it_should_is_refused(string pattern, string? form, string? code) =>
        (Daily with { NamePattern = pattern, DateForm = form }).Check().Select(one => one.Failure.Code).FirstOrDefault().ShouldBe(code);

    private static ArrivalCalendar Of(ArrivalTerms terms, string now, params ArrivedFile[] files) =>
        ArrivalCalendar.Of(new ArrivalPlan(1, 1, terms), London, files, new Dictionary<DateTimeOffset, (string, string)>(), At(now));

    private static ArrivedFile File(string name, string at) => new(1, name, "Gamma", null, At(at));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
