using System.Diagnostics;
using Billing.Abstractions.Values;
using Billing.Usage.Archives;

namespace Billing.Usage.Tests.Archives;

/// <summary>7z archives by the programs of the machine. Where one is not installed its test has nothing to say.</summary>
public sealed class ToolArchiveTests : IDisposable
{
    private static readonly string[] Folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);

    private readonly string folder = Directory.CreateTempSubdirectory("billing-7z-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("bsdtar")]
    [InlineData("7zz")]
    public async Task A_7z_archive_comes_open(string tool)
    {
        if (await PackAsync() is not { } archive || OnlyBy(tool) is not { } limits) return;
        var files = (await OpenAsync(archive, limits)).ValueOrThrow();
        files.Select(f => (f.Name, f.Arrived.Bytes)).ShouldBe([("calls.7z/a.csv", 11), ("calls.7z/sub/b.csv", 50_000)], ignoreOrder: true);
    }

    [Theory]
    [InlineData("bsdtar")]
    [InlineData("7zz")]
    public async Task A_7z_archive_keeps_to_the_limits_and_to_its_place(string tool)
    {
        if (await PackAsync() is not { } archive || OnlyBy(tool) is not { } limits) return;
        Refused(await OpenAsync(archive, limits with { MaxEntries = 1 })).ShouldBe("archive.too-many");
        Refused(await OpenAsync(archive, limits with { MaxTotalBytes = 1000 })).ShouldBe("archive.too-large");
        Refused(await OpenAsync(archive, limits with { MaxToolTime = TimeSpan.Zero })).ShouldBe("archive.too-slow");
        var bytes = await File.ReadAllBytesAsync(archive);
        await File.WriteAllBytesAsync(archive, bytes[..(bytes.Length / 2)]);
        Refused(await OpenAsync(archive, limits)).ShouldBe("archive.damaged");
    }

    [Theory]
    [InlineData("bsdtar")]
    [InlineData("7zz")]
    public async Task An_encrypted_or_linking_7z_archive_is_refused(string tool)
    {
        if (await PackAsync("-psecret", "-mhe=on") is not { } locked || OnlyBy(tool) is not { } limits) return;
        Refused(await OpenAsync(locked, limits)).ShouldBe("archive.encrypted");
        File.Delete(locked);
        (await PackAsync("-psecret")).ShouldNotBeNull();
        // bsdtar can't tell one from the other.
        Refused(await OpenAsync(locked, limits)).ShouldBe(tool == "bsdtar" ? "archive.damaged" : "archive.encrypted");
        File.Delete(locked);
        File.CreateSymbolicLink(Path.Combine(folder, "in", "link.csv"), "/etc/passwd");
        (await PackAsync("-snl")).ShouldNotBeNull();
        Refused(await OpenAsync(locked, limits)).ShouldBe("archive.path");
    }

    private static string Refused(Result<IReadOnlyList<UnpackedFile>> result)
    {
        result.TryGet(out _, out var failure).ShouldBeFalse();
        return failure!.Code;
    }

    private Task<Result<IReadOnlyList<UnpackedFile>>> OpenAsync(string archive, ArchiveLimits limits) =>
        new ArchiveOpening(limits, () => Path.Combine(folder, Guid.NewGuid().ToString("N")), TimeProvider.System).OpenAsync("calls.7z", archive, ArchiveKind.SevenZip, long.MaxValue, CancellationToken.None);

    // A folder with a link to the one program, so that no other is found.
    private ArchiveLimits? OnlyBy(string tool)
    {
        if (Find(tool) is not { } program) return null;
        var only = Path.Combine(folder, tool);
        Directory.CreateDirectory(only);
        File.CreateSymbolicLink(Path.Combine(only, tool), program);
        return new ArchiveLimits { ToolFolders = [only] };
    }

    private async Task<string?> PackAsync(params string[] options)
    {
        if (Find("7zz") is not { } program) return null;
        var source = Path.Combine(folder, "in");
        Directory.CreateDirectory(Path.Combine(source, "sub"));
        await File.WriteAllTextAsync(Path.Combine(source, "a.csv"), "1,2,3,4,5,6");
        await File.WriteAllTextAsync(Path.Combine(source, "sub", "b.csv"), string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i * 7919 % 100_000_000:000000000}\n")));
        var archive = Path.Combine(folder, "calls.7z");
        var start = new ProcessStartInfo(program) { WorkingDirectory = source, RedirectStandardOutput = true };
        foreach (var argument in (string[])["a", .. options, archive, "."]) start.ArgumentList.Add(argument);
        using var packing = Process.Start(start)!;
        await packing.StandardOutput.ReadToEndAsync();
        await packing.WaitForExitAsync();
        packing.ExitCode.ShouldBe(0);
        return archive;
    }

    private static string? Find(string tool) => Folders.Select(one => Path.Combine(one, tool)).FirstOrDefault(File.Exists);
}
