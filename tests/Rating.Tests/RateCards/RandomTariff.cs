using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests.RateCards;

/// <summary>Random documents with every member there is, written the way the writer writes, so that export and import can be compared value by value.</summary>
static class RandomTariff
{
    public static Gen<string> Documents { get; } =
        from seed in Gen.Choose(0, int.MaxValue)
        select new Builder(new Random(seed)).Document();

    private sealed class Builder(Random random)
    {
        private bool hasBands;

        public string Document()
        {
            hasBands = Maybe();
            var document = new JsonObject
            {
                ["formatVersion"] = 1,
                ["name"] = Pick("Sample", "Tarif \"Été\"", "<b>&amp;", "日本"),
                ["currency"] = Pick("GBP", "EUR", "JPY"),
                ["timeZone"] = Pick("Europe/London", "Asia/Kathmandu"),
                ["rounding"] = new JsonObject { ["mode"] = Pick("up", "down", "half-up", "half-even"), ["unit"] = Pick("0.0001", "0.01", "1", "0.25"), ["level"] = Pick("call", "line") },
                ["bandPricing"] = Pick("at-start", "split"),
                ["preferChargeCode"] = Maybe(),
                ["accessCharge"] = new JsonObject { ["perMinute"] = Price(), ["interval"] = Interval() },
                ["data"] = new JsonObject { ["megabyte"] = random.Next(2) == 0 ? 1_000_000 : 1_048_576, ["roundUpTo"] = random.Next(1, 5000) },
                ["defaults"] = Terms(withInterval: true),
            };
            if (Maybe()) document["description"] = Pick("x", "Zeile\nZeile");
            if (hasBands) document["timeBands"] = JsonNode.Parse(Some.PeakAndOffPeak.Replace("\"sun\"", "\"sun\", \"holiday\"", StringComparison.Ordinal));
            if (hasBands && Maybe()) document["holidays"] = new JsonObject { ["name"] = "England and Wales", ["dates"] = new JsonArray("2026-04-03", "2026-12-25") };
            if (Maybe()) document["costMarkup"] = new JsonObject { ["percent"] = Price() };
            if (Maybe()) document["costRules"] = new JsonObject { ["zero"] = "error", ["credit"] = Pick("with-markup", "as-given") };
            if (Maybe()) document["resolvedFrom"] = new JsonObject { ["code"] = "base", ["version"] = random.Next(1, 9) };
            var rates = new JsonArray();
            for (var i = random.Next(8); i > 0; i--) rates.Add(Rate(i));
            document["rates"] = rates;
            return document.ToJsonString(new JsonSerializerOptions { WriteIndented = Maybe() });
        }

        private JsonObject Rate(int number)
        {
            var rate = new JsonObject();
            var kind = Pick("voice", "voice", "sms", "data");
            if (kind != "voice") rate["kind"] = kind;
            var isService = kind == "voice" && random.Next(4) == 0;
            switch (random.Next(isService ? 2 : 3))
            {
                case 0: rate["prefix"] = (isService ? "4484" : "44") + number.ToString(CultureInfo.InvariantCulture); break;
                case 1: rate["chargeCode"] = "CODE " + number.ToString(CultureInfo.InvariantCulture); break;
                default: rate["shortCode"] = Pick("", "0") + number.ToString(CultureInfo.InvariantCulture) + Pick("", "*"); break;
            }
            rate["destination"] = Pick("UK", "Côte d'Ivoire", "\"quoted\"");
            if (Maybe()) rate["from"] = "2026-01-01";
            if (Maybe()) rate["to"] = "2026-07-01";
            if (random.Next(6) == 0)
            {
                rate["free"] = true;
                return rate;
            }
            if (random.Next(6) == 0)
            {
                rate["costPlusPercent"] = Price();
                return rate;
            }
            rate[kind switch { "sms" => "perMessage", "data" => "perMegabyte", _ => "perMinute" }] = BandPrice();
            if (kind != "voice")
            {
                if (Maybe()) rate["connection"] = BandPrice();
                if (Maybe()) rate["maximum"] = "99";
                return rate;
            }
            if (isService) rate["serviceCharge"] = "084";
            foreach (var (name, value) in Terms(isService || Maybe()).ToList()) rate[name] = value!.DeepClone();
            if (isService || !Maybe()) return rate;
            rate["interval"] = new JsonObject { ["first"] = 60, ["next"] = 15 };
            rate["stages"] = new JsonArray(
                new JsonObject { ["after"] = 90, ["perMinute"] = BandPrice(), ["interval"] = new JsonObject { ["first"] = 30, ["next"] = 10 } },
                new JsonObject { ["after"] = 140, ["perMinute"] = BandPrice(), ["interval"] = Interval() });
            return rate;
        }

        private JsonObject Terms(bool withInterval)
        {
            var terms = new JsonObject();
            if (Maybe()) terms["connection"] = BandPrice();
            if (Maybe()) terms["perCall"] = BandPrice();
            if (withInterval) terms["interval"] = Interval();
            if (Maybe()) terms["freeSeconds"] = random.Next(100);
            if (Maybe()) terms["minimumSeconds"] = random.Next(100);
            if (Maybe()) terms["minimum"] = Price();
            if (Maybe()) terms["minimumIncludesConnection"] = Maybe();
            if (Maybe()) terms["maximum"] = "99";
            if (Maybe()) terms["maximumIncludesConnection"] = Maybe();
            return terms;
        }

        private JsonObject Interval() => new() { ["first"] = random.Next(1, 100), ["next"] = random.Next(1, 100) };

        private JsonNode BandPrice() => hasBands && Maybe() ? new JsonObject { ["peak"] = Price(), ["off-peak"] = "0.123456789" } : Price();

        private string Price() => (random.Next(1, 100_000) / 10_000m).ToString("0.####", CultureInfo.InvariantCulture);

        private bool Maybe() => random.Next(2) == 0;

        private T Pick<T>(params T[] of) => of[random.Next(of.Length)];
    }
}
