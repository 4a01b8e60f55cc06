namespace Billing.Abstractions.Cdr;

/// <summary>What a format is shown of a file before it is read: the name and the first bytes.</summary>
/// <param name="fileName">Name without folder.</param>
/// <param name="head">The first bytes, up to 64 KiB, without a byte order mark.</param>
/// <param name="isWhole">True when the head is all there is.</param>
public readonly ref struct CdrSample(string fileName, ReadOnlySpan<byte> head, bool isWhole)
{
    /// <summary>Most bytes of a file that a sample shows.</summary>
    public const int MaxHeadBytes = 65_536;

    /// <summary>Makes a sample of a file's first bytes: takes a byte order mark off and cuts the rest to size.</summary>
    /// <param name="fileName">Name; a folder in it is dropped.</param>
    /// <param name="start">The file from its first byte, as far as it is there.</param>
    /// <param name="isWhole">True when that is all of it.</param>
    public static CdrSample Of(string fileName, ReadOnlySpan<byte> start, bool isWhole)
    {
        if (start.StartsWith("\uFEFF"u8)) start = start[3..];
        return start.Length > MaxHeadBytes
            ? new(Path.GetFileName(fileName), start[..MaxHeadBytes], isWhole: false)
            : new(Path.GetFileName(fileName), start, isWhole);
    }

    /// <summary>Name without folder.</summary>
    public string FileName { get; } = fileName;

    /// <summary>The first bytes, up to 64 KiB, without a byte order mark.</summary>
    public ReadOnlySpan<byte> Head { get; } = head;

    /// <summary>True when the head is all there is.</summary>
    public bool IsWhole { get; } = isWhole;

    /// <summary>The first line that is not blank, without its line end; empty when there is none.</summary>
    public ReadOnlySpan<byte> FirstLine
    {
        get
        {
            foreach (var range in Head.Split((byte)'\n'))
            {
                var line = Head[range].TrimEnd((byte)'\r');
                if (!line.Trim((byte)' ').IsEmpty) return line;
            }
            return [];
        }
    }
}
