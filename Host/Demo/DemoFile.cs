using System.Text;

namespace Billing.Host.Demo;

/// <summary>A call file, whole.</summary>
/// <param name="Name">Name without folder.</param>
/// <param name="Carrier">Who wrote it, in which layout.</param>
/// <param name="IsMonthly">True for the file that repeats the month.</param>
/// <param name="Lines">Its lines in order.</param>
sealed record DemoFile(string Name, DemoCarrier Carrier, bool IsMonthly, IReadOnlyList<DemoLine> Lines)
{
    /// <summary>True when the last line has no end: the file was cut off.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Lines by what they become.</summary>
    public IReadOnlyDictionary<DemoFate, int> ByFate { get; } = Lines.GroupBy(l => l.Fate).ToDictionary(g => g.Key, g => g.Count());

    /// <summary>Lines that can be read as a record.</summary>
    public int Records => Lines.Count - Count(DemoFate.Heading) - BadLines;

    /// <summary>Lines that can't.</summary>
    public int BadLines => Count(DemoFate.BadLine);

    /// <summary>Answered seconds of the records.</summary>
    public long Seconds => Good.Sum(l => (long)l.Call!.Seconds);

    /// <summary>What the carrier charges for the records.</summary>
    public decimal Cost => Good.Sum(l => l.Call!.Cost);

    private IEnumerable<DemoLine> Good => Lines.Where(l => l.Fate is not (DemoFate.Heading or DemoFate.BadLine));

    /// <summary>How many lines become this.</summary>
    public int Count(DemoFate fate) => ByFate.GetValueOrDefault(fate);

    /// <summary>The bytes: UTF-8 without a mark, lines ended by LF.</summary>
    public byte[] Bytes()
    {
        var text = new StringBuilder();
        foreach (var line in Lines) text.Append(line.Text).Append('\n');
        if (IsCutOff) text.Length--;
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
