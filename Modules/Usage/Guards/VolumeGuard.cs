using Billing.Abstractions.Values;

namespace Billing.Usage.Guards;

/// <summary>How far a carrier's file may be from those before it (C10). A limit that is null is not asked.</summary>
/// <param name="Carrier">The carrier, as its format names it.</param>
/// <param name="Files">So many files before it are the measure.</param>
/// <param name="LinesPercent">Most percent that the number of lines may be off, up or down.</param>
/// <param name="CostPercent">Most percent that the cost may be off.</param>
/// <param name="PricePercent">Most percent that the cost of a minute may be off.</param>
public sealed record VolumeGuard(string Carrier, int Files, int? LinesPercent, int? CostPercent, int? PricePercent)
{
    /// <summary>Fewer files than this are no measure: the guard lets everything by until there are so many.</summary>
    public const int Fewest = 3;

    private const int MostFiles = 60;
    private const int MostPercent = 100_000;

    /// <summary>Its number within the tenant; 0 before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>Grows with each change.</summary>
    public int Version { get; init; }

    /// <summary>What is wrong with it, by member; empty when nothing is.</summary>
    public IReadOnlyList<(string Member, Failure Failure)> Check()
    {
        var found = new List<(string, Failure)>();
        if (Carrier is not { Length: > 0 and <= 100 }) found.Add((nameof(Carrier), new Failure("guard.no-carrier", "Say whose files are guarded.")));
        if (Files is < Fewest or > MostFiles) found.Add((nameof(Files), new Failure("guard.bad-files", $"Between {Fewest} and {MostFiles} files are the measure.")));
        foreach (var (member, percent) in new[] { (nameof(LinesPercent), LinesPercent), (nameof(CostPercent), CostPercent), (nameof(PricePercent), PricePercent) })
            if (percent is < 1 or > MostPercent) found.Add((member, new Failure("guard.bad-percent", $"Between 1 and {MostPercent} percent, or nothing.")));
        if (LinesPercent is null && CostPercent is null && PricePercent is null) found.Add((nameof(LinesPercent), new Failure("guard.no-limit", "Set at least one of the three limits.")));
        return found;
    }

    /// <summary>Compares a file with those before it, the latest first: those of its weekday where there are enough, else all of its kind.</summary>
    /// <returns><c>usage.guard</c> with every limit that is passed; null when none is, or when there is no measure yet.</returns>
    public Failure? Judge(FileFigures file, IReadOnlyList<FileFigures> before)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(before);
        var weekday = before.Where(one => one.Day is not null && one.Day?.DayOfWeek == file.Day?.DayOfWeek).Take(Files).ToList();
        var isByWeekday = !file.IsMonthly && weekday.Count >= Fewest;
        var measure = isByWeekday ? weekday : before.Take(Files).ToList();
        if (measure.Count < Fewest) return null;
        var off = new List<string>();
        Compare(off, "lines", LinesPercent, file.Lines, Median(measure.Select(one => (decimal?)one.Lines)));
        Compare(off, "cost", CostPercent, file.Cost, Median(measure.Select(one => (decimal?)one.Cost)));
        Compare(off, "cost a minute", PricePercent, file.CostOfAMinute, Median(measure.Select(one => one.CostOfAMinute)));
        if (off.Count == 0) return null;
        var of = isByWeekday ? $"{measure.Count} {file.Day!.Value.DayOfWeek}s' files" : $"{measure.Count} files of its kind";
        return new Failure("usage.guard", $"It is not like the last {of}: {string.Join("; ", off)}. Nothing of it is stored. Look at it, then release it with the reason, or drop it.");
    }

    private static void Compare(List<string> off, string what, int? limit, decimal? value, decimal? usual)
    {
        if (limit is not { } percent || value is not { } now || usual is not { } then || now == then) return;
        if (then != 0 && Math.Abs(now - then) * 100 <= Math.Abs(then) * percent) return;
        var written = then == 0 ? "where there was none" : FormattableString.Invariant($"{(now - then) * 100 / Math.Abs(then):+0;-0} %, {percent} % allowed");
        off.Add(FormattableString.Invariant($"{what} {now:0.####} instead of {then:0.####} ({written})"));
    }

    private static decimal? Median(IEnumerable<decimal?> values)
    {
        var sorted = values.OfType<decimal>().Order().ToList();
        if (sorted.Count < Fewest) return null;
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
