using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Billing.Usage.Archives;

/// <summary>The files of a zip archive.</summary>
internal static class ZipEntries
{
    private const int LinkType = 0xa000;
    private const int TypeBits = 0xf000;

    public static async IAsyncEnumerable<ArchiveEntry> ReadAsync(string name, string path, ArchiveLimits limits, ArchiveBudget budget, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        ZipDirectory.Check(name, file, limits);
        file.Position = 0;
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        if (zip.Entries.Any(entry => entry.FullName == "[Content_Types].xml"))
            throw new ArchiveRefused("archive.office", $"{name} is a spreadsheet or another office document. Save its sheet as CSV and send that.");
        foreach (var entry in zip.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var plain = EntryName.Clean(name, entry.FullName);
            if (((entry.ExternalAttributes >> 16) & TypeBits) == LinkType) EntryName.RefuseLink(name, entry.FullName, "a link");
            if (entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\')) continue;
            if (entry.IsEncrypted)
                throw new ArchiveRefused("archive.encrypted", $"'{plain}' in {name} is encrypted. Unpack it with its password and send the files, or ask the carrier to send it without.");
            budget.CountEntry(plain);
            await using var content = await entry.OpenAsync(cancellationToken);
            var (length, crc) = (entry.Length, entry.Crc32);
            yield return new ArchiveEntry(plain, new CountedStream(content, budget, plain), read =>
            {
                if (read.Bytes != length || read.Crc != crc)
                    throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{read.Bytes} bytes came out, and {length} with another check sum went in"));
            });
        }
    }
}
