using System.Globalization;
using Billing.Rating.Engine;

namespace Billing.Rating.Allowances;

/// <summary>What allowances and caps took off a call, as steps that can be done again: the price less the amounts is the charge.</summary>
public static class AllowanceSteps
{
    /// <summary>The steps, after those of the price itself.</summary>
    /// <param name="draw">What was drawn.</param>
    /// <param name="nameOf">What a pool's allowance or cap is called.</param>
    public static IReadOnlyList<RatingStep> Of(CallDraw draw, Func<PoolKey, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentNullException.ThrowIfNull(nameOf);
        var steps = new List<RatingStep>();
        var amount = draw.Price;
        foreach (var part in draw.Parts)
        {
            var before = amount;
            amount -= part.Amount;
            steps.Add(part.Pool.Source == GrantSource.Cap ? CapStep(part, nameOf(part.Pool), before, amount) : AllowanceStep(part, nameOf(part.Pool), before, amount));
        }
        return steps;
    }

    private static RatingStep AllowanceStep(DrawPart part, string name, decimal before, decimal amount)
    {
        var units = part.Units.Seconds + part.Units.Messages + part.Units.Bytes;
        var used = part.Used.Seconds + part.Used.Messages + part.Used.Bytes;
        var words = part.Units.Seconds != 0 ? "s" : part.Units.Messages != 0 ? "messages" : "bytes";
        var text = units < 0
            ? string.Create(CultureInfo.InvariantCulture, $"Gives {-units} {words} back to '{name}' ({Days(part)}), of which {used} were used: {-part.Amount:0.######} of the credit was never paid, {amount:0.######} is left.")
            : string.Create(CultureInfo.InvariantCulture, $"'{name}' ({Days(part)}) covers {units} of {part.Of} {words}; {used} of it were used before. It takes {part.Amount:0.######} off {before:0.######}: {amount:0.######}.");
        return new RatingStep("allowance",
        [
            new("allowance", name), new("from", part.Pool.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), new("to", part.Pool.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("usedBefore", used), new("moneyBefore", part.Used.Money), new("units", units), new("of", part.Of), new("covered", part.Amount), new("amount", amount),
        ], text);
    }

    private static RatingStep CapStep(DrawPart part, string name, decimal before, decimal amount) => new("spend-cap",
    [
        new("cap", name), new("from", part.Pool.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), new("to", part.Pool.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("usedBefore", part.Used.Money), new("counted", part.Units.Money), new("covered", part.Amount), new("amount", amount),
    ], part.Amount == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{part.Units.Money:0.######} counts towards '{name}' ({Days(part)}), after {part.Used.Money:0.######} before.")
        : string.Create(CultureInfo.InvariantCulture, $"'{name}' ({Days(part)}) had {part.Used.Money:0.######} of its limit used: {part.Amount:0.######} of {before:0.######} is over it and not billed: {amount:0.######}."));

    private static string Days(DrawPart part) => string.Create(CultureInfo.InvariantCulture, $"{part.Pool.From:yyyy-MM-dd} to {part.Pool.To.AddDays(-1):yyyy-MM-dd}");
}
