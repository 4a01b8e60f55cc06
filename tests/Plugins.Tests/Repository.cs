namespace Billing.Plugins.Tests;

/// <summary>Where things are on disk.</summary>
static class Repository
{
    public static string Root { get; } = Up(AppContext.BaseDirectory, folder => File.Exists(Path.Combine(folder, "Billing.sln")))
        ?? throw new InvalidOperationException("The tests run outside the repository.");

    /// <summary>The folder of shared carrier files, which is no part of the repository; null where it is absent.</summary>
    public static string? SharedCdrs { get; } = Up(Root, folder => Directory.Exists(Path.Combine(folder, "shared", "data", "cdr"))) is { } parent
        ? Path.Combine(parent, "shared", "data", "cdr")
        : null;

    private static string? Up(string from, Func<string, bool> isIt)
    {
        for (var folder = from; folder is not null; folder = Path.GetDirectoryName(folder))
            if (isIt(folder)) return folder;
        return null;
    }
}
