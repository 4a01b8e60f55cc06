namespace Billing.Usage.Archives;

/// <summary>How far an archive is opened. What goes beyond is refused whole, before anything of it is kept.</summary>
public sealed record ArchiveLimits
{
    /// <summary>Most files in an archive, those in archives within it counted too.</summary>
    public int MaxEntries { get; init; } = 1000;

    /// <summary>Most bytes that come out of it, archives within it counted too.</summary>
    public long MaxTotalBytes { get; init; } = 2L << 30;

    /// <summary>Most bytes that come out for each byte that went in. Call records pack to a tenth or a fiftieth; a bomb to a thousandth.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Up to so many bytes the ratio is not asked for: a small file of equal lines does no harm.</summary>
    public long RatioFromBytes { get; init; } = 16L << 20;

    /// <summary>Archives within archives: 1 opens none within the first. A <c>.tar.gz</c> is two.</summary>
    public int MaxDepth { get; init; } = 4;

    /// <summary>Longest that a program of the machine may take over a 7z or rar file.</summary>
    public TimeSpan MaxToolTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Where those programs are looked for.</summary>
    public IReadOnlyList<string> ToolFolders { get; init; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
}
