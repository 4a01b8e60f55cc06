using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Rating.Tests;

/// <summary>Random tariffs that are right: one rate for UK calls with any terms.</summary>
static class SomeTariffs
{
    public static Gen<string> Documents { get; } =
        from mode in Gen.Elements("up", "down", "half-up", "half-even")
        from unit in Gen.Elements("0.0001", "0.001", "0.01", "0.25")
        from price in Gen.Choose(0, 99_999)
        from first in Gen.Choose(1, 60)
        from next in Gen.Choose(1, 60)
        from options in Gen.Choose(0, 127)
        select Document(mode, unit, price, first, next, options);

    private static string Document(string mode, string unit, int price, int first, int next, int options)
    {
        var rate = new JsonObject
        {
            ["prefix"] = "44",
            ["destination"] = "UK",
            ["perMinute"] = (price / 100_000m).ToString(CultureInfo.InvariantCulture),
            ["interval"] = new JsonObject { ["first"] = first, ["next"] = next },
        };
        if ((options & 1) != 0) rate["connection"] = "0.03";
        if ((options & 2) != 0) rate["minimum"] = "0.1";
        if ((options & 4) != 0) rate["maximum"] = "0.9";
        if ((options & 8) != 0) rate["freeSeconds"] = 10;
        if ((options & 16) != 0) rate["minimumSeconds"] = 5;
        if ((options & 32) != 0) rate["perCall"] = "0.02";
        if ((options & 64) != 0)
            rate["stages"] = new JsonArray(new JsonObject { ["after"] = first + next * 3, ["perMinute"] = "0.02", ["interval"] = new JsonObject { ["first"] = 1, ["next"] = 1 } });
        return Some.Document($"[{rate.ToJsonString()}]", rounding: $$"""{ "mode": "{{mode}}", "unit": "{{unit}}", "level": "call" }""");
    }
}
