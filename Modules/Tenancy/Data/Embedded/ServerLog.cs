namespace Billing.Tenancy.Data.Embedded;

/// <summary>The last words of a server that did not start, shortened for one line.</summary>
static class ServerLog
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

    public static string Sentence(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var errors = lines.Where(line => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("PANIC", StringComparison.Ordinal)
            || line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("HINT", StringComparison.Ordinal));
        var telling = errors.TakeLast(3).DefaultIfEmpty(lines.LastOrDefault() ?? "it said nothing").ToList();
        return string.Join(" / ", telling);
    }
}
