using System.Text.Json;

namespace Billing.PluginHost.Tests;

/// <summary>A folder with a <c>plugins.json</c> and plugins beside it, as an installation has them; deleted when disposed.</summary>
sealed class PluginFolders : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("billing-plugins-").FullName;
    private readonly List<object> entries = [];

    public static string Root { get; } = FindRoot();

    private static string Fixtures => Path.Combine(Root, "tests", "Fixtures");

    public string Folder => folder;

    public string Manifest => Path.Combine(folder, "plugins.json");

    /// <summary>Puts a built fixture into a folder named after the id, and lists it.</summary>
    public PluginFolders With(string id, string fixture, bool enabled = true, string? format = null)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, id)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Fixtures, fixture, "bin"))) File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        return Listing(id, id, enabled, format);
    }

    /// <summary>Adds a line to <c>plugins.json</c>, whatever is in the folder.</summary>
    public PluginFolders Listing(string id, string path, bool enabled = true, string? format = null)
    {
        entries.Add(new { id, path, kind = "cdr", enabled, settings = format is null ? [] : new Dictionary<string, string> { ["format"] = format } });
        File.WriteAllText(Manifest, JsonSerializer.Serialize(new { plugins = entries }));
        return this;
    }

    /// <summary>Loses a file of a plugin.</summary>
    public PluginFolders Without(string id, string file)
    {
        var path = Path.Combine(folder, id, file);
        File.Exists(path).ShouldBeTrue(path);
        File.Delete(path);
        return this;
    }

    /// <summary>Makes a plugin's list of dependencies name nothing but itself, as a build does for a library that it was told to leave out.</summary>
    public PluginFolders WithoutDependencies(string id, string assembly)
    {
        File.WriteAllText(Path.Combine(folder, id, assembly + ".deps.json"), $$"""
            {
              "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0" },
              "targets": { ".NETCoreApp,Version=v10.0": { "{{assembly}}/1.0.0": { "runtime": { "{{assembly}}.dll": {} } } } },
              "libraries": { "{{assembly}}/1.0.0": { "type": "project", "serviceable": false, "sha512": "" } }
            }
            """);
        return this;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Billing.sln"))) return at.FullName;
        throw new InvalidOperationException($"No Billing.sln above {AppContext.BaseDirectory}.");
    }
}
