using Billing.Abstractions.Values;
using Billing.Rating.Engine;

namespace Billing.Rating.Tests.Engine;

/// <summary>
/// Does the arithmetic again from an explanation and nothing else: what an auditor would do with the printed steps. Knows no
/// tariff and no call; checks each step's stated result on the way.
/// </summary>
static class StepArithmetic
{
    public static decimal Recompute(IReadOnlyList<RatingStep> steps)
    {
        var amount = 0m;
        var connection = 0m;
        var priceSeconds = 0m;
        var sliceSeconds = 0;
        var billable = 0;
        var service = 0m;
        foreach (var step in steps)
        {
            switch (step.Name)
            {
                case "duration":
                    Billable(step).ShouldBe(Int(step, "billable"));
                    billable = Int(step, "billable");
                    break;
                case "stage":
                    // What of the call lies in the stage, and no second of it twice: the next begins where this one's units end.
                    var within = Math.Min(Int(step, "seconds") - Int(step, "freeSeconds"), Int(step, "until")) - Int(step, "after");
                    Intervals(within, step).ShouldBe(Int(step, "billable"));
                    (Int(step, "after") + Int(step, "billable")).ShouldBeLessThanOrEqualTo(Int(step, "until"));
                    billable += Int(step, "billable");
                    break;
                case "slice":
                    priceSeconds += Dec(step, "perMinute") * Int(step, "seconds");
                    sliceSeconds += Int(step, "seconds");
                    continue;
                case "usage":
                    sliceSeconds.ShouldBe(billable);
                    amount = priceSeconds / 60m;
                    break;
                case "connection":
                    connection = Dec(step, "add");
                    amount += connection;
                    break;
                case "per-call":
                    amount += Dec(step, "add");
                    break;
                case "minimum":
                    amount = Math.Max(amount, Dec(step, "minimum") + (Is(step, "includesConnection") ? 0 : connection));
                    break;
                case "maximum":
                    amount = Math.Min(amount, Dec(step, "maximum") + (Is(step, "includesConnection") ? 0 : connection));
                    break;
                case "messages":
                    amount = Long(step, "messages") * Dec(step, "perMessage");
                    break;
                case "data":
                    var unit = Int(step, "roundUpTo");
                    var counted = (long)Math.Ceiling(Long(step, "bytes") / (decimal)unit) * unit;
                    Long(step, "billable").ShouldBe(counted);
                    amount = counted * Dec(step, "perMegabyte") / Int(step, "megabyte");
                    break;
                case "service-charge":
                    service = amount;
                    break;
                case "access-charge":
                    Intervals(Int(step, "seconds"), step).ShouldBe(Int(step, "billable"));
                    amount = Dec(step, "perMinute") * Int(step, "billable") / 60m;
                    break;
                case "parts":
                    Dec(step, "service").ShouldBe(service);
                    Dec(step, "access").ShouldBe(amount);
                    amount += service;
                    break;
                case "cost-markup":
                    amount = Dec(step, "cost") * (1 + Dec(step, "percent") / 100);
                    break;
                case "carrier-amount":
                    amount = Dec(step, "amount");
                    break;
                case "free" or "too-short":
                    amount = 0;
                    break;
                case "round":
                    if ((string)Value(step, "level") == "call") amount = Money.Round(amount, Mode(step), Dec(step, "unit"));
                    break;
                case "reversal":
                    amount = -amount;
                    break;
                case "rate" or "no-rate" or "band" or "no-duration" or "no-quantity":
                    continue;
                default:
                    throw new InvalidOperationException($"An auditor does not know the step {step.Name}.");
            }
            step.Text.ShouldNotBeEmpty();
            if (step.Name is not ("duration" or "stage")) Dec(step, "amount").ShouldBe(amount);
        }
        return amount;
    }

    private static int Billable(RatingStep step)
    {
        var seconds = Int(step, "seconds") - Int(step, "freeSeconds");
        return seconds <= 0 ? 0 : Intervals(seconds, step);
    }

    private static int Intervals(int seconds, RatingStep step)
    {
        var (first, next) = (Int(step, "first"), Int(step, "next"));
        return seconds <= first ? first : first + (int)Math.Ceiling((seconds - first) / (decimal)next) * next;
    }

    private static Rounding Mode(RatingStep step) => (string)Value(step, "mode") switch
    {
        "up" => Rounding.Up,
        "down" => Rounding.Down,
        "half-up" => Rounding.HalfUp,
        _ => Rounding.HalfEven,
    };

    private static decimal Dec(RatingStep step, string name) => (decimal)Value(step, name);

    private static int Int(RatingStep step, string name) => (int)Value(step, name);

    private static long Long(RatingStep step, string name) => (long)Value(step, name);

    private static bool Is(RatingStep step, string name) => (bool)Value(step, name);

    private static object Value(RatingStep step, string name) => step.Values.Single(value => value.Key == name).Value;
}
