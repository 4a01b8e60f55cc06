using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Billing.Abstractions.Values;
using Billing.Usage.Archives;

namespace Billing.Usage.Tests.Archives;

/// <summary>Archives come open with everything in them, or are refused with the place, and nothing of them stays on the disk (2.5, C7).</summary>
public sealed class ArchiveTests : IDisposable
{
    private static readonly ArchiveLimits Small = new() { MaxEntries = 7, MaxTotalBytes = 2 << 20, RatioFromBytes = 64 << 10, MaxRatio = 50, MaxDepth = 3 };

    private readonly string folder = Directory.CreateTempSubdirectory("billing-archives-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_zip_of_several_files_and_folders_comes_open()
    {
        var files = await OpenAsync("october.zip", Zip(("a.csv", "1"), ("gamma/", ""), ("gamma/b.csv", "22"), ("win\\c.csv", "333")));
        files.Select(f => (f.Name, f.Arrived.Bytes)).ShouldBe([("october.zip/a.csv", 1), ("october.zip/gamma/b.csv", 2), ("october.zip/win/c.csv", 3)]);
        files.ShouldAllBe(f => Path.GetDirectoryName(f.Path) == folder);
        (await File.ReadAllTextAsync(files[1].Path)).ShouldBe("22");
    }

    [Fact]
    public async Task C7_Zips_in_a_zip_and_a_packed_tar_come_open_to_the_depth_that_is_allowed()
    {
        var inner = Zip(("deep.csv", "deep"));
        var tgz = Gzip(Tar(("t.csv", "tar")));
        var files = await OpenAsync("month.zip", ZipOf(("inner.zip", inner), ("t.tgz", tgz), ("day.csv.gz", Gzip("day"u8.ToArray()))));
        files.Select(f => f.Name).ShouldBe(["month.zip/inner.zip/deep.csv", "month.zip/t.tgz/t.tar/t.csv", "month.zip/day.csv.gz/day.csv"]);
        Left().ShouldBe(files.Select(f => f.Path), ignoreOrder: true);
    }

    [Fact]
    public async Task C7_An_archive_within_more_archives_than_are_opened_is_refused()
    {
        var bomb = Zip(("x.csv", "x"));
        for (var i = 0; i < 5; i++) bomb = ZipOf(("lib 0.zip", bomb), ("lib 1.zip", bomb));
        await RefusedAsync("42.zip", bomb, "archive.nested", "42.zip/lib 0.zip/lib 0.zip");
    }

    [Fact]
    public Task A_file_that_unpacks_to_more_than_it_could_ever_be_is_refused() =>
        RefusedAsync("bomb.zip", ZipOf(("zeros.csv", new byte[1 << 20])), "archive.ratio", "zeros.csv");

    [Fact]
    public Task A_gzip_bomb_is_refused_too() => RefusedAsync("bomb.csv.gz", Gzip(new byte[1 << 20]), "archive.ratio", "bomb.csv");

    [Fact]
    public Task What_unpacks_to_more_than_the_limit_is_refused() =>
        RefusedAsync("big.zip", ZipOf(("a.csv", Noise(1 << 20)), ("b.csv", Noise((1 << 20) + 1))), "archive.too-large", "b.csv");

    [Fact]
    public async Task More_files_than_are_opened_are_refused_over_all_archives_within()
    {
        var many = Zip([.. Enumerable.Range(0, 3).Select(i => ($"{i}.csv", "x"))]);
        await RefusedAsync("many.zip", Zip([.. Enumerable.Range(0, 8).Select(i => ($"{i}.csv", "x"))]), "archive.too-many", "many.zip");
        await RefusedAsync("two.zip", ZipOf(("1.zip", many), ("2.zip", many)), "archive.too-many", "two.zip");
        await RefusedAsync("many.tar", Tar([.. Enumerable.Range(0, 8).Select(i => ($"{i}.csv", "x"))]), "archive.too-many", "7.csv");
    }

    [Theory]
    [InlineData("../../etc/cron.d/x")]
    [InlineData("a/../../x.csv")]
    [InlineData("..\\..\\x.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\windows\\x.csv")]
    public async Task A_name_that_leads_out_of_the_archive_is_refused(string name)
    {
        await RefusedAsync("evil.zip", Zip(("good.csv", "1"), (name, "2")), "archive.path", "evil.zip");
        await RefusedAsync("evil.tar", Tar(("good.csv", "1"), (name, "2")), "archive.path", "evil.tar");
    }

    [Fact]
    public async Task Links_are_refused()
    {
        using var stream = new MemoryStream();
        await using (var tar = new TarWriter(stream, leaveOpen: true)) await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "calls.csv") { LinkName = "/etc/passwd" });
        await RefusedAsync("links.tar", stream.ToArray(), "archive.path", "a link, 'calls.csv'");

        using var zipped = new MemoryStream();
        using (var zip = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = zip.CreateEntry("calls.csv");
            entry.ExternalAttributes = unchecked((int)0xa1ff0000);
            using var content = entry.Open();
            content.Write("/etc/passwd"u8);
        }
        await RefusedAsync("links.zip", zipped.ToArray(), "archive.path", "a link, 'calls.csv'");
    }

    [Fact]
    public async Task A_truncated_archive_is_damaged_wherever_it_was_cut()
    {
        var (zip, tar, gz) = (Zip(("a.csv", Lines()), ("b.csv", Lines())), Tar(("a.csv", Lines()), ("b.csv", Lines())), Gzip(Encoding.ASCII.GetBytes(Lines())));
        foreach (var part in (double[])[0.3, 0.6, 0.9, 0.99])
        {
            await RefusedAsync("cut.zip", zip[..(int)(zip.Length * part)], "archive.damaged", "cut.zip");
            await RefusedAsync("cut.csv.gz", gz[..(int)(gz.Length * part)], "archive.damaged", "cut.csv.gz");
        }
        // The last two blocks are the end mark.
        await RefusedAsync("cut.tar", tar[..(tar.Length / 2)], "archive.damaged", "cut.tar");
        var end = tar.AsSpan().TrimEnd((byte)0).Length;
        await RefusedAsync("cut.tar", tar[..((end + 511) / 512 * 512)], "archive.damaged", "end mark");
    }

    [Fact]
    public async Task A_zip_whose_bytes_were_changed_is_damaged()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var content = zip.CreateEntry("calls.csv", CompressionLevel.NoCompression).Open();
            content.Write("441632960001,60"u8);
        }
        var bytes = stream.ToArray();
        bytes[bytes.AsSpan().IndexOf("441632"u8)] = (byte)'9';
        await RefusedAsync("changed.zip", bytes, "archive.damaged", "calls.csv");
    }

    [Fact]
    public async Task An_empty_archive_and_a_spreadsheet_are_refused_with_what_to_do()
    {
        await RefusedAsync("empty.zip", Zip(), "archive.empty", "empty.zip");
        await RefusedAsync("folders.zip", Zip(("only/", "")), "archive.empty", "folders.zip");
        await RefusedAsync("calls.xlsx", Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")), "archive.office", "calls.xlsx");
    }

    [Fact]
    public async Task An_encrypted_zip_is_refused()
    {
        var bytes = Zip(("calls.csv", "secret"));
        // The flag in the file's own header and in the list at the end.
        bytes[6] |= 1;
        bytes[bytes.AsSpan().IndexOf("PK\x01\x02"u8) + 8] |= 1;
        await RefusedAsync("locked.zip", bytes, "archive.encrypted", "calls.csv");
    }

    [Fact]
    public async Task A_zip_that_claims_few_files_and_lists_millions_is_refused_before_its_list_is_read()
    {
        var bytes = Zip(("calls.csv", "1"));
        var at = bytes.AsSpan().IndexOf("PK\x01\x02"u8);
        var entry = bytes[at..^22];
        var list = Enumerable.Repeat(entry, 100_000).SelectMany(e => e).ToArray();
        await RefusedAsync("list.zip", [.. bytes[..at], .. list, .. bytes[^22..]], "archive.too-many", "list.zip");
    }

    [Fact]
    public async Task Without_a_program_for_7z_and_rar_it_is_said_what_to_install()
    {
        var none = Small with { ToolFolders = [] };
        (await RefusalAsync("x.7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 0], none)).ShouldSatisfyAllConditions(f => f.Code.ShouldBe("archive.no-tool"), f => f.Message.ShouldContain("'7zip'"));
        (await RefusalAsync("x.rar", [.. "Rar!\x1a\x07\x01\x00"u8], none)).ShouldSatisfyAllConditions(f => f.Code.ShouldBe("archive.no-tool"), f => f.Message.ShouldContain("libarchive-tools"));
    }

    [Fact]
    public void Text_and_binary_records_are_no_archives()
    {
        ArchiveSignature.Of(Encoding.ASCII.GetBytes(Lines())).ShouldBeNull();
        ArchiveSignature.Of(new byte[2048]).ShouldBeNull();
        ArchiveSignature.Of([0x61, 0x82, 0x03, 0x2f]).ShouldBeNull();
        ArchiveSignature.Of([]).ShouldBeNull();
    }

    [Fact]
    public async Task Changed_archives_never_fail_otherwise_than_with_a_code_and_leave_nothing()
    {
        byte[][] good = [Zip(("a.csv", Lines()), ("b/c.csv", Lines())), Tar(("a.csv", Lines()), ("b.csv", "x")), Gzip(Encoding.ASCII.GetBytes(Lines())), ZipOf(("in.tgz", Gzip(Tar(("t.csv", Lines())))))];
        var random = new Random(42);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = (byte[])good[i % good.Length].Clone();
            for (var n = random.Next(1, 6); n > 0; n--) bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) bytes = bytes[..random.Next(8, bytes.Length)];
            var result = await TryAsync("x", bytes, Small);
            if (result is not { } opened) continue;
            if (opened.TryGet(out var files, out var failure)) ArchiveOpening.Remove(files);
            else failure.Code.ShouldStartWith("archive.");
            Left().ShouldBeEmpty();
        }
    }

    private async Task<IReadOnlyList<UnpackedFile>> OpenAsync(string name, byte[] bytes) => (await TryAsync(name, bytes, Small))!.Value.ValueOrThrow();

    private async Task RefusedAsync(string name, byte[] bytes, string code, string place)
    {
        var failure = await RefusalAsync(name, bytes, Small);
        (failure.Code, failure.Message).ShouldSatisfyAllConditions(f => f.Code.ShouldBe(code, f.Message), f => f.Message.ShouldContain(place));
        Left().ShouldBeEmpty("nothing of a refused archive is kept");
    }

    private async Task<Failure> RefusalAsync(string name, byte[] bytes, ArchiveLimits limits)
    {
        (await TryAsync(name, bytes, limits))!.Value.TryGet(out _, out var failure).ShouldBeFalse();
        return failure!;
    }

    private async Task<Result<IReadOnlyList<UnpackedFile>>?> TryAsync(string name, byte[] bytes, ArchiveLimits limits)
    {
        if (ArchiveSignature.Of(bytes) is not { } kind) return null;
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, bytes);
            return await new ArchiveOpening(limits, () => Path.Combine(folder, Guid.NewGuid().ToString("N")), TimeProvider.System).OpenAsync(name, path, kind, long.MaxValue, CancellationToken.None);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private string[] Left() => Directory.GetFiles(folder);

    private static string Lines() => string.Concat(Enumerable.Range(0, 400).Select(i => $"{441632960000 + i * 7919},442079460000,05/10/2026,10:01:{i % 60:00},{i * 31 % 977},0.0{i % 10},R{i}\n"));

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Zip(params (string Name, string Text)[] files) => ZipOf([.. files.Select(f => (f.Name, Encoding.UTF8.GetBytes(f.Text)))]);

    private static byte[] ZipOf(params (string Name, byte[] Bytes)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in files)
            {
                using var content = zip.CreateEntry(name).Open();
                content.Write(bytes);
            }
        return stream.ToArray();
    }

    private static byte[] Tar(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
            foreach (var (name, text) in files) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        return stream.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
        return stream.ToArray();
    }
}
