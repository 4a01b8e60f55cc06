using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests.Engine;

/// <summary>Rules of the arithmetic that hold for any rate and any call.</summary>
public class PricingProperties
{
    [Fact]
    [Trait("feature", "R2")]
    public void R2_billable_seconds_are_never_fewer_never_shrink_and_are_whole_intervals()
    {
        var cases = Gen.Choose(1, 120).SelectMany(first => Gen.Choose(1, 120).SelectMany(next => Gen.Choose(1, 10_000).Select(seconds => (first, next, seconds))));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var terms = new CompiledTerms(false, new RateTerms { FirstSeconds = c.first, NextSeconds = c.next }, _ => -1);
            var billable = terms.Billable(c.seconds);
            return billable >= c.seconds
                && billable <= terms.Billable(c.seconds + 1)
                && billable - Math.Max(c.seconds, c.first) < c.next
                && billable >= c.first && (billable - c.first) % c.next == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    [Trait("feature", "R6")]
    public void R6_a_split_price_is_the_sum_over_its_seconds()
    {
        var tariff = Some.Tariff(Some.Document(
            rates: """[{ "prefix": "44", "destination": "UK", "perMinute": { "peak": "0.0317", "off-peak": "0.0113" }, "freeSeconds": 7, "interval": { "first": 20, "next": 15 } }]""",
            rounding: """{ "mode": "up", "unit": "0.0001", "level": "line" }""",
            timeBands: Some.PeakAndOffPeak,
            bandPricing: "\"split\""));
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

        // Around boundaries, and over the two nights on which the clocks change.
        var moments = Gen.OneOf(
            Gen.Choose(0, 400 * 86_400).Select(s => DateTimeOffset.FromUnixTimeSeconds(1_767_225_600L + s)),
            Gen.Choose(-4_000, 4_000).Select(s => new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero).AddSeconds(s)),
            Gen.Choose(-4_000, 4_000).Select(s => new DateTimeOffset(2026, 10, 23, 17, 0, 0, TimeSpan.Zero).AddSeconds(s)));
        var cases = moments.SelectMany(at => Gen.OneOf(Gen.Choose(1, 900), Gen.Choose(1, 30_000)).Select(seconds => (at, seconds)));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var charge = tariff.Rate(new CallToRate { StartedAt = c.at, To = Some.Number("+442079460000"), DurationSeconds = c.seconds });
            var sum = 0m;
            for (var second = 0; second < charge.BillableSeconds; second++)
            {
                var local = TimeZoneInfo.ConvertTime(c.at.AddSeconds(7 + second), zone);
                var isPeak = local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && local.Hour is >= 8 and < 18;
                sum += isPeak ? 0.0317m : 0.0113m;
            }
            return charge.Charge == sum / 60m;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    [Trait("feature", "M3")]
    public void M3_the_prepared_rounding_is_the_contracts_rounding()
    {
        var cases = Gen.Elements(Enum.GetValues<Rounding>()).SelectMany(mode =>
            Gen.Elements(1m, 0.1m, 0.01m, 0.001m, 0.0001m, 0.0000000001m, 0.05m, 0.005m, 0.25m, 10m, 1.00m).SelectMany(unit =>
            Gen.Choose(0, int.MaxValue).SelectMany(units => Gen.Choose(0, 8).Select(scale => (mode, unit, amount: new decimal(units, 0, 0, false, (byte)scale))))));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var rounded = new ChargeRounding(new TariffRounding(c.mode, c.unit, RoundingLevel.Call)).Apply(c.amount);
            return rounded == Money.Round(c.amount, c.mode, c.unit)
                && rounded % c.unit == 0
                && Math.Abs(rounded - c.amount) < c.unit
                && (c.mode != Rounding.Up || rounded >= c.amount)
                && (c.mode != Rounding.Down || rounded <= c.amount)
                && (c.mode is Rounding.Up or Rounding.Down || Math.Abs(rounded - c.amount) * 2 <= c.unit);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    [Trait("feature", "R3")]
    public void R3_the_explanation_has_the_price_and_its_steps_alone_give_it_again()
    {
        Prop.ForAll(Arb.From(tariffs), Arb.From(calls), (document, c) =>
        {
            var tariff = Some.Tariff(document);
            var call = new CallToRate
            {
                StartedAt = DateTimeOffset.FromUnixTimeSeconds(c.At),
                To = Some.Number(c.To),
                DurationSeconds = c.Seconds,
                ChargeCode = Encoding.UTF8.GetBytes(c.Code),
                Cost = c.Cost,
                Kind = c.Kind,
                Quantity = c.Quantity,
            };
            var price = tariff.Rate(in call);
            var explanation = tariff.Explain(in call);
            explanation.Charge.ShouldBe(price);
            if (price.IsRated) StepArithmetic.Recompute(explanation.Steps).ShouldBe(price.Charge);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    [Trait("feature", "R16")]
    public void R16_a_credit_of_a_call_is_its_price_with_the_sign_turned()
    {
        Prop.ForAll(Arb.From(tariffs), Arb.From(calls.Where(c => c.Seconds > 0 && c.Cost > 0 && (c.Kind == CdrKind.Voice || c.Quantity > 0))), (document, c) =>
        {
            var tariff = Some.Tariff(document);
            CallToRate Of(decimal cost) => new()
            {
                StartedAt = DateTimeOffset.FromUnixTimeSeconds(c.At), To = Some.Number(c.To), DurationSeconds = c.Seconds, Cost = cost, Kind = c.Kind, Quantity = c.Quantity,
            };
            var charged = tariff.Rate(Of(c.Cost!.Value));
            var credited = tariff.Rate(Of(-c.Cost!.Value));
            credited.Error.ShouldBe(charged.Error);
            if (!charged.IsRated) return;
            credited.Charge.ShouldBe(-charged.Charge);
            (credited.ServiceCharge, credited.AccessCharge).ShouldBe((-charged.ServiceCharge, -charged.AccessCharge));
        }).QuickCheckThrowOnFailure();
    }

    private static readonly Gen<string> tariffs =
        from mode in Gen.Elements("up", "down", "half-up", "half-even")
        from unit in Gen.Elements("0.0001", "0.001", "0.01", "0.005", "1")
        from level in Gen.Elements("call", "call", "line")
        from bandPricing in Gen.Elements("at-start", "split")
        from markup in Gen.Choose(0, 2)
        from rates in Gen.ArrayOf(Rate(), 9)
        from roundUpTo in Gen.Elements(1, 1024, 100_000)
        from megabyte in Gen.Elements(1_000_000, 1_048_576)
        from accessFirst in Gen.Elements(1, 60)
        from zero in Gen.Elements("free", "error")
        from credit in Gen.Constant("with-markup")
        select Some.Document(
            rates: new JsonArray([.. rates.DistinctBy(rate => rate["prefix"]?.ToString() ?? rate["chargeCode"]?.ToString() ?? rate["shortCode"]?.ToString() ?? "any")]).ToJsonString(),
            rounding: $$"""{ "mode": "{{mode}}", "unit": "{{unit}}", "level": "{{level}}" }""",
            defaults: """{ "interval": { "first": 30, "next": 6 }, "connection": "0.011" }""",
            timeBands: Some.PeakAndOffPeak,
            bandPricing: $"\"{bandPricing}\"",
            more: $$"""
                { "accessCharge": { "perMinute": "0.1155", "interval": { "first": {{accessFirst}}, "next": 1 } }, "data": { "megabyte": {{megabyte}}, "roundUpTo": {{roundUpTo}} },
                  "costRules": { "zero": "{{zero}}", "credit": "{{credit}}" }{{(markup == 0 ? "" : ", \"costMarkup\": { \"percent\": \"12.5\" }")}} }
                """);

    private static Gen<JsonObject> Rate() =>
        from key in Gen.Elements("prefix:44", "prefix:447", "prefix:4420", "chargeCode:UKN", "shortCode:118*", "prefix:44844", "prefix:4470", "prefix:4477", "any:data")
        from isFree in Gen.Choose(0, 9)
        from peak in Gen.Choose(0, 99_999)
        from offPeak in Gen.Choose(0, 99_999)
        from options in Gen.Choose(0, 255)
        from flags in Gen.Choose(0, 3)
        select Build(key, isFree == 0, peak, offPeak, options, flags);

    private static JsonObject Build(string key, bool isFree, int peak, int offPeak, int options, int flags)
    {
        var rate = new JsonObject { [key.Split(':')[0]] = key.Split(':')[1], ["destination"] = "Somewhere" };
        if (isFree)
        {
            rate["free"] = true;
            if (key != "any:data") return rate;
        }
        if (key == "any:data")
        {
            rate["any"] = true;
            rate["kind"] = "data";
            if (!isFree) rate["perMegabyte"] = new JsonObject { ["peak"] = Price(peak), ["off-peak"] = Price(offPeak) };
            if (!isFree && (options & 16) != 0) rate["minimum"] = "0.1";
            return rate;
        }
        if (key == "prefix:4477")
        {
            rate["kind"] = "sms";
            rate["perMessage"] = Price(peak);
            if ((options & 1) != 0) rate["connection"] = "0.01";
            if ((options & 32) != 0) rate["maximum"] = "0.25";
            return rate;
        }
        if (key == "prefix:4470")
        {
            rate["costPlusPercent"] = "17.5";
            return rate;
        }
        if (key == "prefix:44844")
        {
            rate["serviceCharge"] = "084";
            rate["interval"] = new JsonObject { ["first"] = 10, ["next"] = 10 };
        }
        // A stage begins where an interval of what is before it ends: 30, then steps of 6 (or 10 and 10), from the defaults or above.
        if ((flags & 1) != 0)
        {
            var stages = new JsonArray(new JsonObject { ["after"] = 60, ["perMinute"] = Price(offPeak), ["interval"] = new JsonObject { ["first"] = 1, ["next"] = 1 } });
            if ((flags & 2) != 0) stages.Add(new JsonObject { ["after"] = 77, ["perMinute"] = new JsonObject { ["peak"] = "0.5", ["off-peak"] = "0.25" }, ["interval"] = new JsonObject { ["first"] = 60, ["next"] = 30 } });
            rate["stages"] = stages;
        }
        rate["perMinute"] = new JsonObject { ["peak"] = Price(peak), ["off-peak"] = Price(offPeak) };
        if ((options & 1) != 0) rate["connection"] = new JsonObject { ["peak"] = "0.0312", ["off-peak"] = "0.01" };
        if ((options & 2) != 0) rate["perCall"] = "0.25";
        if ((options & 4) != 0) rate["freeSeconds"] = 12;
        if ((options & 8) != 0) rate["minimumSeconds"] = 5;
        if ((options & 16) != 0) rate["minimum"] = "0.1";
        if ((options & 32) != 0) rate["maximum"] = "1.2345";
        if ((options & 64) != 0) rate["minimumIncludesConnection"] = (flags & 1) != 0;
        if ((options & 128) != 0) rate["maximumIncludesConnection"] = (flags & 2) != 0;
        return rate;

        static string Price(int price) => (price / 100_000m).ToString(CultureInfo.InvariantCulture);
    }

    private sealed record SomeCall(string To, string Code, int Seconds, long At, decimal? Cost, CdrKind Kind, long Quantity);

    private static readonly Gen<SomeCall> calls =
        from to in Gen.Elements("+442079460000", "+447700900123", "+441632960000", "+448445551234", "+447012345678", "+33123456789", "118500", "999", "")
        from code in Gen.Elements("", "", "UKN", "XX")
        from seconds in Gen.OneOf(Gen.Choose(0, 30), Gen.Choose(0, 4_000), Gen.Choose(0, 100_000))
        from at in Gen.Choose(1_767_225_600, 1_798_761_600)
        from cost in Gen.Choose(-20_000, 20_000)
        from hasCost in Gen.Choose(0, 2)
        from kind in Gen.Elements(CdrKind.Voice, CdrKind.Voice, CdrKind.Voice, CdrKind.Sms, CdrKind.Data)
        from quantity in Gen.OneOf(Gen.Choose(0, 5), Gen.Choose(0, int.MaxValue))
        select new SomeCall(to, code, seconds, at, hasCost == 0 ? null : cost / 100_000m, kind, kind == CdrKind.Sms ? quantity % 100 : quantity);
}
