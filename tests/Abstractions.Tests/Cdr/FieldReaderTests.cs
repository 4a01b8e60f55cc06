using System.Globalization;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Abstractions.Tests.Cdr;

public sealed class FieldReaderTests
{
    [Theory]
    [InlineData("31/12/2026", CdrDateOrder.DayFirst, "2026-12-31")]
    [InlineData("31.12.2026", CdrDateOrder.DayFirst, "2026-12-31")]
    [InlineData("1/2/26", CdrDateOrder.DayFirst, "2026-02-01")]
    [InlineData("31122026", CdrDateOrder.DayFirst, "2026-12-31")]
    [InlineData("12/31/2026", CdrDateOrder.MonthFirst, "2026-12-31")]
    [InlineData("2026-12-31", CdrDateOrder.YearFirst, "2026-12-31")]
    [InlineData("2026/1/2", CdrDateOrder.YearFirst, "2026-01-02")]
    [InlineData("20261231", CdrDateOrder.YearFirst, "2026-12-31")]
    [InlineData("29/02/2028", CdrDateOrder.DayFirst, "2028-02-29")]
    [InlineData("29/02/2026", CdrDateOrder.DayFirst, null)]
    [InlineData("12/31/2026", CdrDateOrder.DayFirst, null)]
    [InlineData("31/12-2026", CdrDateOrder.DayFirst, null)]
    [InlineData("31/12/0026", CdrDateOrder.DayFirst, null)]
    [InlineData("31/12/20261", CdrDateOrder.DayFirst, null)]
    [InlineData("", CdrDateOrder.DayFirst, null)]
    [InlineData("today", CdrDateOrder.DayFirst, null)]
    public void Dates_are_read_in_the_order_that_was_declared_and_no_other(string text, CdrDateOrder order, string? expected) =>
        (FieldReader.TryReadDate(Bytes(text), order, out var date) ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null).ShouldBe(expected);

    [Theory]
    [InlineData("23:59:59", 86399)]
    [InlineData("00:00:00", 0)]
    [InlineData("24:00:00", 86400)]
    [InlineData("23:59:60", 86400)]
    [InlineData("9:05", 32700)]
    [InlineData("09.05.01", 32701)]
    [InlineData("090501", 32701)]
    [InlineData("24:00:01", -1)]
    [InlineData("12:60:00", -1)]
    [InlineData("12-00-00", -1)]
    [InlineData("1a:00:00", -1)]
    [InlineData("12", -1)]
    public void Times_of_day_are_seconds_since_midnight_and_24_00_is_the_end_of_the_day(string text, int expected) =>
        (FieldReader.TryReadTime(Bytes(text), out var time) ? (int)time.TotalSeconds : -1).ShouldBe(expected);

    [Theory]
    [InlineData("61", CdrDurationUnit.Seconds, 61)]
    [InlineData("60.0", CdrDurationUnit.Seconds, 60)]
    [InlineData("60.01", CdrDurationUnit.Seconds, 61)]
    [InlineData("0.4", CdrDurationUnit.Seconds, 1)]
    [InlineData("000061", CdrDurationUnit.Seconds, 61)]
    [InlineData("60001", CdrDurationUnit.Milliseconds, 61)]
    [InlineData("1.5", CdrDurationUnit.Minutes, 90)]
    [InlineData("1:01:01", CdrDurationUnit.Clock, 3661)]
    [InlineData("0001:01:01", CdrDurationUnit.Clock, 3661)]
    [InlineData("01:01", CdrDurationUnit.Clock, 61)]
    [InlineData("00:00:36.768", CdrDurationUnit.Clock, 37)]
    [InlineData("1:61", CdrDurationUnit.Clock, -1)]
    [InlineData("-1", CdrDurationUnit.Seconds, -1)]
    [InlineData("", CdrDurationUnit.Seconds, -1)]
    [InlineData("5s", CdrDurationUnit.Seconds, -1)]
    [InlineData("99999999", CdrDurationUnit.Seconds, -1)]
    public void Durations_become_whole_seconds_and_a_fraction_makes_one_more(string text, CdrDurationUnit unit, int expected) =>
        (FieldReader.TryReadSeconds(Bytes(text), unit, decimalComma: false, out var seconds) ? seconds : -1).ShouldBe(expected);

    [Theory]
    [InlineData("0.001000", false, "0.001000")]
    [InlineData("-17.5", false, "-17.5")]
    [InlineData("+1", false, "1")]
    [InlineData(".5", false, "0.5")]
    [InlineData("1,50", true, "1.50")]
    [InlineData("1,50", false, null)]
    [InlineData("1.2.3", false, null)]
    [InlineData("12p", false, null)]
    [InlineData("-", false, null)]
    [InlineData("1e5", false, null)]
    [InlineData("123456789012345678", false, "123456789012345678")]
    [InlineData("1234567890123456789", false, null)]
    public void Amounts_keep_the_decimals_they_were_given(string text, bool comma, string? expected) =>
        (FieldReader.TryReadDecimal(Bytes(text), comma, out var value) ? value.ToString(CultureInfo.InvariantCulture) : null).ShouldBe(expected);

    [Fact]
    public void Amounts_agree_with_the_base_library_for_every_number_of_digits() => Prop.ForAll(Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 9)).ToArbitrary(), pair =>
    {
        var amount = new decimal(pair.Item1, 0, 0, false, (byte)pair.Item2);
        return FieldReader.TryReadDecimal(Bytes(amount.ToString(CultureInfo.InvariantCulture)), false, out var read) && read == amount;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Runs_of_one_to_sixteen_digits_are_read_eight_at_a_time_as_they_are_one_at_a_time() => Prop.ForAll(Gen.Choose(1, 16).Zip(Gen.Choose(0, int.MaxValue)).ToArbitrary(), pair =>
    {
        var text = ((ulong)pair.Item2 * 7_654_321UL).ToString("D16", CultureInfo.InvariantCulture)[^pair.Item1..];
        if (!FieldReader.TryReadDigits(Bytes(text), out var value) || value != ulong.Parse(text, CultureInfo.InvariantCulture)) return false;
        for (var i = 0; i < text.Length; i++)
            if (FieldReader.TryReadDigits(Bytes(text[..i] + ":" + text[(i + 1)..]), out _) || FieldReader.TryReadDigits(Bytes(text[..i] + "/" + text[(i + 1)..]), out _)) return false;
        return true;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2026-06-15 09:05:01", "2026-06-15T09:05:01")]
    [InlineData("yyyy-MM-dd HH:mm:ssf", "2026-06-15 09:05:01.482113", "2026-06-15T09:05:01")]
    [InlineData("yyyy-MM-dd HH:mm:ssf", "2026-06-15 09:05:01", "2026-06-15T09:05:01")]
    [InlineData("yyyyMMdd-HHmmss", "20260615-090501", "2026-06-15T09:05:01")]
    [InlineData("dd.MM.yyyy HH:mm:ss", "15.06.2026  09:05:01", "2026-06-15T09:05:01")]
    [InlineData("yyyy/M/d H:mm", "2026/6/5 9:05", "2026-06-05T09:05:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ssz", "2026-06-15T09:05:01+01:00", "2026-06-15T09:05:01+01:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ssz", "2026-06-15T09:05:01Z", "2026-06-15T09:05:01+00:00")]
    [InlineData("dd/MM/yyyy HH:mm:ss", "15/06/2026 24:00:00", "2026-06-16T00:00:00")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2026-06-15 09:05", null)]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2026-06-15 09:05:01x", null)]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2026-06-31 09:05:01", null)]
    public void Time_patterns_read_what_they_say(string pattern, string text, string? expected)
    {
        string? found = null;
        if (CdrTimePattern.Of(pattern).TryRead(Bytes(text), out var time))
            found = time.Clock.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + (time.Offset is { } offset ? "+" + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture) : "");
        found.ShouldBe(expected);
    }

    [Theory]
    [InlineData("HH:mm:ss")]
    [InlineData("yyyy-MM-dd tt")]
    public void A_pattern_that_can_not_work_is_refused_when_it_is_made(string pattern) => Should.Throw<FormatException>(() => CdrTimePattern.Of(pattern));

    [Theory]
    [InlineData("+442079460000", "+442079460000")]
    [InlineData("442079460000", "+442079460000")]
    [InlineData("44800000123", "+44800000123")]
    [InlineData("02079460000", "+442079460000")]
    [InlineData("+0492346792882", "+44492346792882")]
    [InlineData("00353120000001", "+353120000001")]
    [InlineData("+44 (0)20 7946 0000", "+442079460000")]
    [InlineData("118500", "")]
    [InlineData("4400", "")]
    [InlineData("anonymous", "")]
    [InlineData("+", "")]
    public void A_party_keeps_its_text_and_finds_the_number_in_it(string text, string expected)
    {
        var party = CdrParty.Of(Bytes(text), NumberRules.Uk);
        CdrText.Decode(party.Text).ShouldBe(text);
        party.Number.ToString().ShouldBe(expected);
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
