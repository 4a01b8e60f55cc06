using System.Globalization;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;

namespace Billing.Rating.Tests.Engine;

/// <summary>The civil clock: tables against the zone's own rules, and the two odd hours of the year.</summary>
public class ZoneClockTests
{
    private static readonly ZoneClock london = ZoneClock.For(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));

    [Fact]
    [Trait("feature", "T2")]
    public void T2_vector_15_half_past_one_on_the_night_the_clocks_go_back_is_two_instants()
    {
        var instants = london.InstantsOf(new DateTime(2026, 10, 25, 1, 30, 0));
        instants.IsAmbiguous.ShouldBeTrue();
        instants.Earlier.ShouldBe(Utc("2026-10-25T00:30:00Z"));
        instants.Later.ShouldBe(Utc("2026-10-25T01:30:00Z"));
    }

    [Fact]
    [Trait("feature", "T2")]
    public void T2_vector_16_half_past_one_on_the_night_the_clocks_go_forward_is_no_instant()
    {
        var instants = london.InstantsOf(new DateTime(2026, 3, 29, 1, 30, 0));
        instants.IsInvalid.ShouldBeTrue();
        instants.Earlier.ShouldBe(Utc("2026-03-29T01:30:00Z"));
        instants.Later.ShouldBe(instants.Earlier);
    }

    [Theory]
    [InlineData("2026-03-29T00:59:59", "2026-03-29T00:59:59Z")]
    [InlineData("2026-03-29T02:00:00", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25T00:59:59", "2026-10-24T23:59:59Z")]
    [InlineData("2026-10-25T02:00:00", "2026-10-25T02:00:00Z")]
    [InlineData("2026-07-01T12:00:00", "2026-07-01T11:00:00Z")]
    public void Any_other_reading_is_one_instant(string local, string utc)
    {
        var instants = london.InstantsOf(DateTime.Parse(local, CultureInfo.InvariantCulture));
        instants.Count.ShouldBe(1);
        instants.Earlier.ShouldBe(Utc(utc));
    }

    [Theory]
    [InlineData("Europe/London")]
    [InlineData("Europe/Dublin")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Pacific/Apia")]
    [InlineData("Africa/Casablanca")]
    [InlineData("UTC")]
    public void The_table_says_what_the_rules_say_at_every_hour_and_every_change(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var clock = ZoneClock.For(zone);
        var end = Utc("2040-01-01T00:00:00Z").ToUnixTimeSeconds();
        var last = ByRules(zone, Utc("1998-12-31T23:10:00Z").ToUnixTimeSeconds());
        for (var second = Utc("1999-01-01T00:10:00Z").ToUnixTimeSeconds(); second < end; second += 3600)
        {
            var offset = ByRules(zone, second);
            if (offset != clock.OffsetSecondsAt(second)) clock.OffsetSecondsAt(second).ShouldBe(offset, DateTimeOffset.FromUnixTimeSeconds(second).ToString());
            if (offset != last)
                for (var near = second - 3600; near <= second; near++)
                    if (clock.OffsetSecondsAt(near) != ByRules(zone, near)) clock.OffsetSecondsAt(near).ShouldBe(ByRules(zone, near));
            last = offset;
        }
    }

    [Fact]
    [Trait("feature", "R7")]
    public void R7_bands_by_table_are_bands_by_the_zones_rules_over_years()
    {
        const string bands = """
            [{ "name": "day", "when": [{ "days": ["mon","tue","wed","thu","fri"], "from": "07:30", "to": "19:15" }] },
             { "name": "night", "when": [{ "days": ["mon","tue","wed","thu","fri"], "from": "00:00", "to": "07:30" }, { "days": ["mon","tue","wed","thu"], "from": "19:15", "to": "24:00" }] },
             { "name": "weekend", "when": [{ "days": ["fri"], "from": "19:15", "to": "24:00" }, { "days": ["sat","sun","holiday"], "from": "00:00", "to": "24:00" }] }]
            """;
        var tariff = TariffReader.Read(Some.Document(timeBands: bands, more: """{ "holidays": { "dates": ["2025-12-25", "2026-12-25", "2026-04-03"] } }""")).TariffOrThrow();
        var table = new BandTable(tariff.TimeBands, tariff.Holidays);
        var holidays = tariff.Holidays!.Dates.ToHashSet();
        var random = new Random(7);
        for (var i = 0; i < 200_000; i++)
        {
            // 1960 to 2110, denser in 2026 and on the days of change.
            var second = (i % 4) switch
            {
                0 => random.NextInt64(-315_619_200, 4_417_977_600),
                1 => Utc("2026-03-29T01:00:00Z").ToUnixTimeSeconds() + random.Next(-90_000, 90_000),
                2 => Utc("2026-10-25T01:00:00Z").ToUnixTimeSeconds() + random.Next(-90_000, 90_000),
                _ => Utc("2025-12-20T00:00:00Z").ToUnixTimeSeconds() + random.Next(0, 380 * 86_400),
            };
            var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(second), tariff.TimeZone);
            var expected = Naive(local.DateTime, holidays);
            var actual = tariff.TimeBands[table.BandAt(second + london.OffsetSecondsAt(second))].Name;
            if (actual != expected) actual.ShouldBe(expected, local.ToString());
        }

        static string Naive(DateTime local, HashSet<DateOnly> holidays)
        {
            if (holidays.Contains(DateOnly.FromDateTime(local)) || local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) return "weekend";
            var clock = TimeOnly.FromDateTime(local);
            if (clock < new TimeOnly(7, 30)) return "night";
            if (clock < new TimeOnly(19, 15)) return "day";
            return local.DayOfWeek == DayOfWeek.Friday ? "weekend" : "night";
        }
    }

    [Fact]
    public void A_day_whose_midnight_is_left_out_begins_with_the_first_moment_after_it()
    {
        var saoPaulo = ZoneClock.For(TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo"));
        saoPaulo.StartOf(new DateOnly(2017, 10, 15)).ShouldBe(Utc("2017-10-15T03:00:00Z").ToUnixTimeSeconds());
        london.StartOf(new DateOnly(2026, 7, 1)).ShouldBe(Utc("2026-06-30T23:00:00Z").ToUnixTimeSeconds());
        london.StartOf(new DateOnly(2026, 1, 1)).ShouldBe(Utc("2026-01-01T00:00:00Z").ToUnixTimeSeconds());
    }

    private static int ByRules(TimeZoneInfo zone, long second) => (int)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(second)).TotalSeconds;

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
