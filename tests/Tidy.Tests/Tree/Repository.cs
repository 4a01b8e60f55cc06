using System.Diagnostics;
using System.Text;

namespace Billing.Tidy.Tests.Tree;

/// <summary>The tree under test.</summary>
static class Repository
{
    private static readonly Lazy<IReadOnlyList<string>> Listed = new(List);

    public static string Root { get; } = FindRoot();

    /// <summary>Files that git keeps and that are there, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files => Listed.Value;

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The lines of a kept file; null when it is no text.</summary>
    public static string[]? LinesOf(string file)
    {
        var bytes = File.ReadAllBytes(PathOf(file));
        return bytes.AsSpan().Contains((byte)0) ? null : Encoding.UTF8.GetString(bytes).Split('\n');
    }

    // New files count as soon as they are written, not only once they are committed.
    private static List<string> List()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", "safe.directory=*", "-C", Root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var names = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, $"git can't list the files of {Root}.");
        return [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(name => File.Exists(PathOf(name))).Order(StringComparer.Ordinal)];
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Billing.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No Billing.sln above {AppContext.BaseDirectory}.");
    }
}
