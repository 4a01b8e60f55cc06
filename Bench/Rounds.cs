using System.Globalization;

namespace Billing.Bench;

/// <summary>Does variants by turns, so that what else the machine does meets all of them, and prints them beside each other.</summary>
/// <param name="count">Rounds that count; one more comes before them.</param>
/// <param name="say">Told what goes on.</param>
internal sealed class Rounds(int count, TextWriter say)
{
    /// <summary>Runs them.</summary>
    /// <exception cref="InvalidOperationException">Two variants that do the same work came to different answers.</exception>
    public async Task RunAsync(params Variant[] variants)
    {
        for (var round = 0; round <= count; round++)
        {
            var answers = new Dictionary<decimal, string>();
            foreach (var variant in variants)
            {
                if (variant.Before is { } before) await before();
                var begun = TimeProvider.System.GetTimestamp();
                var answer = await variant.Work();
                var took = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
                if (round > 0) variant.Times.Add(took / variant.Units);
                if (answer is { } sum) answers.TryAdd(sum, variant.Name);
                await say.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(round == 0 ? "warm-up" : $"round {round}")}: {variant.Name}: {took * 1000:0} ms"));
            }
            if (answers.Count > 1) throw new InvalidOperationException("The variants disagree: " + string.Join(", ", answers.Select(a => $"{a.Value} says {a.Key}")));
        }
    }

    /// <summary>The table: units a second and how many times as long as the first one.</summary>
    public static void Print(TextWriter to, string unit, params Variant[] variants)
    {
        var width = variants.Max(v => v.Name.Length);
        to.WriteLine($"{"".PadRight(width)}  {unit + "/s",14}  {"ns each",10}  {"x of first",10}");
        foreach (var v in variants)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{v.Name.PadRight(width)}  {1 / v.Median,14:N0}  {v.Median * 1e9,10:N1}  {v.TimesOf(variants[0]),10:0.00}"));
    }

    /// <summary>One goal and what came of it.</summary>
    public static void Goal(TextWriter to, string what, double measured, double bound, bool atMost, string format = "0.00")
    {
        var isMet = atMost ? measured <= bound : measured >= bound;
        var (seen, wanted) = (measured.ToString(format, CultureInfo.InvariantCulture), bound.ToString(format, CultureInfo.InvariantCulture));
        to.WriteLine($"{(isMet ? "met  " : "SHORT")}  {what}: {seen}, wanted {(atMost ? "at most" : "at least")} {wanted}");
    }
}
