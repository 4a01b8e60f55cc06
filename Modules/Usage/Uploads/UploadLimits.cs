using Billing.Usage.Archives;

namespace Billing.Usage.Uploads;

/// <summary>What an upload may be.</summary>
public sealed record UploadLimits
{
    /// <summary>Most bytes of one file; one byte more is refused with <c>usage.file-too-big</c>.</summary>
    public long MaxFileBytes { get; init; } = 256L << 20;

    /// <summary>Most files at once.</summary>
    public int MaxFiles { get; init; } = 100;

    /// <summary>How far archives are opened.</summary>
    public ArchiveLimits Archives { get; init; } = new();
}
