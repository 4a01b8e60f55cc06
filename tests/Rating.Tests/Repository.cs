namespace Billing.Rating.Tests;

/// <summary>Finds files of the repository, and the shared sample data that may lie beside it.</summary>
static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A file of the shared sample data, read in place; null where this machine has none.</summary>
    public static string? SharedData(params string[] parts)
    {
        for (var folder = new DirectoryInfo(Root); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine([folder.FullName, "shared", "data", .. parts]);
            if (File.Exists(path)) return path;
        }
        return null;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Billing.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No Billing.sln above {AppContext.BaseDirectory}.");
    }
}
