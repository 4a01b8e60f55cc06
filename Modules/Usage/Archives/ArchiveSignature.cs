namespace Billing.Usage.Archives;

/// <summary>Tells an archive by its first bytes; a name proves nothing.</summary>
internal static class ArchiveSignature
{
    private const int TarHeader = 512;
    private const int TarChecksum = 148;

    /// <summary>What the bytes begin; null for anything that is no archive.</summary>
    public static ArchiveKind? Of(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] or [(byte)'P', (byte)'K', 7, 8, ..] => ArchiveKind.Zip,
        [0x1f, 0x8b, 8, ..] => ArchiveKind.Gzip,
        [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => ArchiveKind.SevenZip,
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1a, 7, ..] => ArchiveKind.Rar,
        _ => IsTar(head) ? ArchiveKind.Tar : null,
    };

    // A header's bytes add up to the number it states, with the field of that number taken as blanks. Text never does: a name ends in a zero byte.
    private static bool IsTar(ReadOnlySpan<byte> head)
    {
        if (head.Length < TarHeader || head[0] == 0 || !TarNumber.TryRead(head.Slice(TarChecksum, 8), out var stated)) return false;
        long sum = 0;
        for (var i = 0; i < TarHeader; i++) sum += i is >= TarChecksum and < TarChecksum + 8 ? (byte)' ' : head[i];
        return sum == stated;
    }
}
