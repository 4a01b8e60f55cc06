namespace Billing.Templates.Tests;

/// <summary>The tree these tests were built from: templates, models and approved pages are read and written in place.</summary>
static class Repository
{
    static readonly string Root = Find();

    public static string File(params string[] path) => Path.Combine([Root, .. path]);

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Billing.sln"))) return folder.FullName;
        throw new InvalidOperationException($"There is no Billing.sln above {AppContext.BaseDirectory}.");
    }
}
