using System.Globalization;

namespace Billing.Usage.Archives;

/// <summary>What an archive may still bring, over all archives within it.</summary>
/// <param name="limits">What it may bring at all.</param>
/// <param name="name">The archive's name, as messages call it.</param>
/// <param name="packed">Bytes of the archive as it came.</param>
internal sealed class ArchiveBudget(ArchiveLimits limits, string name, long packed)
{
    private int entries;
    private long bytes;

    /// <summary>One more file.</summary>
    public void CountEntry(string place)
    {
        if (++entries > limits.MaxEntries) throw new ArchiveRefused("archive.too-many", string.Create(CultureInfo.InvariantCulture, $"{name} holds more than {limits.MaxEntries:N0} files; '{place}' is one too many. Pack fewer together."));
    }

    /// <summary>More bytes came out.</summary>
    public void CountBytes(int more, string place)
    {
        bytes += more;
        if (bytes > limits.MaxTotalBytes)
            throw new ArchiveRefused("archive.too-large", string.Create(CultureInfo.InvariantCulture, $"{name} unpacks to more than {limits.MaxTotalBytes:N0} bytes; '{place}' goes beyond. Send its files in several archives."));
        if (bytes > limits.RatioFromBytes && bytes / limits.MaxRatio > packed)
            throw new ArchiveRefused("archive.ratio", string.Create(CultureInfo.InvariantCulture,
                $"{name} unpacks to more than {limits.MaxRatio} times its {packed:N0} bytes, at '{place}'. Call records never pack that well: it was made to fill the disk. If it is genuine, unpack it and send the files."));
    }
}
