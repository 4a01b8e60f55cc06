using System.Text.RegularExpressions;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>The last words of a server that did not start, shortened for one line.</summary>
static partial class ServerLog
{
    /// <summary>The last lines of the newest log file; empty when there is none.</summary>
    public static string Tail(string cluster)
    {
        try
        {
            var newest = new DirectoryInfo(Path.Combine(cluster, "log")).GetFiles("*.log").MaxBy(file => file.LastWriteTimeUtc);
            if (newest is null) return "";
            using var stream = new FileStream(newest.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            stream.Seek(-Math.Min(stream.Length, 2000), SeekOrigin.End);
            return new StreamReader(stream).ReadToEnd();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>What counts of a program's complaints, on one line and without its time stamps.</summary>
    public static string Sentence(string text, string cluster)
    {
        var lines = text.Replace(ServerUser.FolderAlias, cluster, StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => Prefix().Replace(line, ""))
            .ToList();
        return string.Join("; ", lines.Where(line => Telling().IsMatch(line)).TakeLast(3).DefaultIfEmpty(lines.LastOrDefault() ?? "it said nothing")).TrimEnd('.') + ".";
    }

    [GeneratedRegex(@"^[0-9: .-]+ UTC \[[0-9]+\]( \S*@\S*)? +")]
    private static partial Regex Prefix();

    [GeneratedRegex("FATAL|PANIC|HINT|error|invalid|could not|unrecognized|[Nn]o such|denied")]
    private static partial Regex Telling();
}
