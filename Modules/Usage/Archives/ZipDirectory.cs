using System.Buffers.Binary;
using System.Globalization;

namespace Billing.Usage.Archives;

/// <summary>
/// Looks at the end of a zip file before anything reads its list of files, which is read into memory as a whole: how many it claims, and how long the list is,
/// whatever it claims.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int LongEndLength = 56;
    private const int LongestRemark = ushort.MaxValue;

    /// <summary>As many bytes of the list as a file in it may take: its name, and what programs write beside it.</summary>
    private const int BytesAnEntry = 1024;

    public static void Check(string name, FileStream file, ArchiveLimits limits)
    {
        var tail = new byte[Math.Min(file.Length, EndLength + LongestRemark + LocatorLength)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || tail.Length - at < EndLength) throw new InvalidDataException("its end is missing");
        ReadOnlySpan<byte> end = tail.AsSpan(at);
        long entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if ((entries == ushort.MaxValue || start == uint.MaxValue) && at >= LocatorLength)
        {
            ReadOnlySpan<byte> locator = tail.AsSpan(at - LocatorLength, LocatorLength);
            if (locator.StartsWith("PK\x06\x07"u8)) (entries, start) = LongEnd(file, BinaryPrimitives.ReadInt64LittleEndian(locator[8..]));
        }
        if (start < 0 || start > file.Length) throw new InvalidDataException("its list of files is said to begin after its end");
        if (entries > limits.MaxEntries || file.Length - start > (long)limits.MaxEntries * BytesAnEntry + LongestRemark)
            throw new ArchiveRefused("archive.too-many", string.Create(CultureInfo.InvariantCulture, $"{name} lists {entries:N0} files in {file.Length - start:N0} bytes; at most {limits.MaxEntries:N0} are opened. Pack fewer together."));
    }

    private static (long Entries, long Start) LongEnd(FileStream file, long at)
    {
        if (at < 0 || at > file.Length - LongEndLength) throw new InvalidDataException("its end points nowhere");
        var record = new byte[LongEndLength];
        file.Position = at;
        file.ReadExactly(record);
        return (BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(32)), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)));
    }
}
