namespace Billing.Host;

/// <summary>Where the program's own files are: <c>plugins.json</c>, templates, the sample tariff.</summary>
internal static class Home
{
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>The folder that holds <c>plugins.json</c>.</summary>
    public static string Folder => Found.Value;

    /// <summary>A file or folder below it.</summary>
    public static string File(string relative) => Path.Combine(Folder, relative);

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("BILLING_HOME") is { Length: > 0 } named) return Path.GetFullPath(named);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "plugins.json"))) return folder.FullName;
        throw new UsageException("host.no-home", $"There is no plugins.json in {AppContext.BaseDirectory} or above it. Set BILLING_HOME to Billing's folder.");
    }
}
