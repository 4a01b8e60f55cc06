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
        foreach (var step in steps)
        {
            switch (step.Name)
            {
                case "duration":
                    Billable(step).ShouldBe(Int(step, "billable"));
                    break;
                case "slice":
                    priceSeconds += Dec(step, "perMinute") * Int(step, "seconds");
                    sliceSeconds += Int(step, "seconds");
                    continue;
                case "usage":
                    sliceSeconds.ShouldBe(Int(steps.Single(s => s.Name == "duration"), "billable"));
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
                case "rate" or "no-rate" or "band" or "no-duration":
                    continue;
                default:
                    throw new InvalidOperationException($"An auditor does not know the step {step.Name}.");
            }
            step.Text.ShouldNotBeEmpty();
            if (step.Name != "duration") Dec(step, "amount").ShouldBe(amount);
        }
        return amount;
    }

    private static int Billable(RatingStep step)
    {
        var seconds = Int(step, "seconds") - Int(step, "freeSeconds");
        if (seconds <= 0) return 0;
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

    private static bool Is(RatingStep step, string name) => (bool)Value(step, name);

    private static object Value(RatingStep step, string name) => step.Values.Single(value => value.Key == name).Value;
}
