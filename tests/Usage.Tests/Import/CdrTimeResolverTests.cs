using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Usage.Import;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Usage.Tests.Import;

public sealed class CdrTimeResolverTests
{
    private static readonly CdrTimeResolver London = CdrTimeResolver.For(CdrTimeBase.Local("Europe/London"));

    // Cases 15 and 16 of the worked cases, and what stands round them.
    [Theory]
    [InlineData("2026-10-25 01:30:00", "2026-10-25T00:30:00Z", CdrTimeDoubt.Repeated)]
    [InlineData("2026-10-25 00:59:59", "2026-10-24T23:59:59Z", CdrTimeDoubt.None)]
    [InlineData("2026-10-25 01:00:00", "2026-10-25T00:00:00Z", CdrTimeDoubt.Repeated)]
    [InlineData("2026-10-25 01:59:59", "2026-10-25T00:59:59Z", CdrTimeDoubt.Repeated)]
    [InlineData("2026-10-25 02:00:00", "2026-10-25T02:00:00Z", CdrTimeDoubt.None)]
    [InlineData("2026-03-29 01:30:00", "2026-03-29T01:30:00Z", CdrTimeDoubt.Skipped)]
    [InlineData("2026-03-29 00:59:59", "2026-03-29T00:59:59Z", CdrTimeDoubt.None)]
    [InlineData("2026-03-29 02:00:00", "2026-03-29T01:00:00Z", CdrTimeDoubt.None)]
    [InlineData("2023-03-26 09:01:02", "2023-03-26T08:01:02Z", CdrTimeDoubt.None)]
    [InlineData("2026-01-01 00:00:00", "2026-01-01T00:00:00Z", CdrTimeDoubt.None)]
    [InlineData("2026-12-31 23:59:59", "2026-12-31T23:59:59Z", CdrTimeDoubt.None)]
    // A year of the past in which London kept summer time all winter.
    [InlineData("1970-01-01 12:00:00", "1970-01-01T11:00:00Z", CdrTimeDoubt.None)]
    public void A_clock_in_london_becomes_an_instant(string clock, string instant, CdrTimeDoubt doubt) =>
        London.Resolve(new CdrTime(Clock(clock))).ShouldBe(new CdrInstant(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), doubt));

    [Theory]
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:45:00", "2026-04-04T14:45:00Z", CdrTimeDoubt.Repeated)]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:15:00", "2026-10-03T15:45:00Z", CdrTimeDoubt.Skipped)]
    [InlineData("America/New_York", "2026-11-01 01:30:00", "2026-11-01T05:30:00Z", CdrTimeDoubt.Repeated)]
    [InlineData("Asia/Kolkata", "2026-01-01 00:00:00", "2025-12-31T18:30:00Z", CdrTimeDoubt.None)]
    public void Other_zones_change_by_other_amounts_at_other_times(string zone, string clock, string instant, CdrTimeDoubt doubt) =>
        CdrTimeResolver.For(CdrTimeBase.Local(zone)).Resolve(new CdrTime(Clock(clock)))
            .ShouldBe(new CdrInstant(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), doubt));

    [Fact]
    public void An_offset_in_the_file_beats_the_zone() =>
        London.Resolve(new CdrTime(Clock("2026-10-25 01:30:00"), TimeSpan.FromHours(3))).Instant.ShouldBe(new DateTimeOffset(2026, 10, 24, 22, 30, 0, TimeSpan.Zero));

    [Fact]
    public void A_call_that_is_known_by_its_end_starts_its_duration_earlier_even_over_a_clock_change()
    {
        // Half an hour, and it ended at 02:15 after the clocks had gone back from 02:00 to 01:00: it began at 01:45 of the second time round.
        var end = new CdrTime(Clock("2026-10-25 02:15:00"));
        London.Resolve(default, end, 1800).Instant.ShouldBe(new DateTimeOffset(2026, 10, 25, 1, 45, 0, TimeSpan.Zero));
        // The same over the skipped hour: 02:15 summer time is 01:15 UTC.
        London.Resolve(default, new CdrTime(Clock("2026-03-29 02:15:00")), 1800).Instant.ShouldBe(new DateTimeOffset(2026, 3, 29, 0, 45, 0, TimeSpan.Zero));
    }

    [Fact]
    public void A_record_without_any_time_has_none() => London.Resolve(default, default, 60).IsUnset.ShouldBeTrue();

    [Theory]
    [InlineData("Europe/London")]
    [InlineData("America/St_Johns")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Asia/Tehran")]
    public void The_table_agrees_with_the_zone_itself(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var resolver = CdrTimeResolver.For(CdrTimeBase.Local(name));
        var start = new DateTime(2005, 1, 1);
        Prop.ForAll(Gen.Choose(0, 40 * 366 * 24 * 4).ToArbitrary(), quarters =>
        {
            var clock = start.AddMinutes(quarters * 15);
            var resolved = resolver.Resolve(new CdrTime(clock));
            // An instant fits when the zone's clock shows this reading then; asked in UTC, where the zone's answers are beyond doubt.
            var instants = Enumerable.Range(-56, 113).Select(quarter => DateTime.SpecifyKind(clock.AddMinutes(-quarter * 15), DateTimeKind.Utc))
                .Where(utc => utc + zone.GetUtcOffset(utc) == clock).Order().ToList();
            return instants.Count switch
            {
                0 => resolved.Doubt == CdrTimeDoubt.Skipped,
                1 => resolved == new CdrInstant(instants[0], CdrTimeDoubt.None),
                _ => resolved == new CdrInstant(instants[0], CdrTimeDoubt.Repeated),
            };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Resolving_allocates_nothing_once_a_year_is_known()
    {
        var time = new CdrTime(Clock("2026-06-15 12:00:00"));
        London.Resolve(time);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) London.Resolve(time);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static DateTime Clock(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
