namespace Billing.Bench;

/// <summary>One way of doing a piece of work.</summary>
/// <param name="Name">For people.</param>
/// <param name="Units">How many lines, calls or look-ups one turn does; a slow yardstick may do fewer than the others.</param>
/// <param name="Work">One turn; its answer is compared with the others' where both have one.</param>
/// <param name="Before">Done before each turn and not timed.</param>
internal sealed record Variant(string Name, long Units, Func<Task<decimal?>> Work, Func<Task>? Before = null)
{
    /// <summary>Seconds a unit, a turn each; the warm-up is not among them.</summary>
    public List<double> Times { get; } = [];

    public static Variant Of(string name, long units, Func<decimal?> work) => new(name, units, () => Task.FromResult(work()));

    /// <summary>Median seconds a unit.</summary>
    public double Median => MedianOf(Times);

    /// <summary>How many times as long as another one a unit takes: the median over the rounds, as a busy neighbour disturbs both of a round.</summary>
    public double TimesOf(Variant other) => MedianOf([.. Times.Zip(other.Times, (mine, theirs) => mine / theirs)]);

    private static double MedianOf(IReadOnlyList<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered.Count == 0 ? double.NaN : (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }
}
