using System.Xml.Linq;

namespace Billing.Tidy.Tests.Tree;

/// <summary>A project and what it refers to, itself or by the build files above it.</summary>
sealed record Project(string Name, string File, IReadOnlyList<string> Projects, IReadOnlyList<PackageUse> Packages, IReadOnlyList<string> Assemblies)
{
    /// <summary>Every project that is part of the product: no tests, no yardsticks.</summary>
    public static IReadOnlyList<Project> OfTheProduct { get; } =
        [.. Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.StartsWith("tests/", StringComparison.Ordinal) && !f.StartsWith("Bench/", StringComparison.Ordinal)).Select(Read)];

    public bool IsPlugin => File.StartsWith("Plugins/", StringComparison.Ordinal);

    private static Project Read(string file)
    {
        var sources = BuildFilesOf(file).Append(file).Select(f => (File: f, Xml: XDocument.Load(Repository.PathOf(f)).Root!)).ToList();
        return new Project(
            Path.GetFileNameWithoutExtension(file),
            file,
            [.. sources.SelectMany(s => Included(s.Xml, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference)))],
            [.. sources.SelectMany(s => s.Xml.Descendants("PackageReference").Where(p => p.Attribute("Include") is not null).Select(p => PackageUse.Of(s.File, p)))],
            [.. sources.SelectMany(s => Included(s.Xml, "Reference"))]);
    }

    private static IEnumerable<string> Included(XElement root, string element) =>
        root.Descendants(element).SelectMany(e => ((string?)e.Attribute("Include") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    // Directory.Build.* of every folder from the root to the project's own: those in between import the ones above.
    private static IEnumerable<string> BuildFilesOf(string file)
    {
        var parts = file.Split('/');
        for (var depth = 0; depth < parts.Length; depth++)
            foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets" })
            {
                var path = string.Join('/', parts.Take(depth).Append(name));
                if (System.IO.File.Exists(Repository.PathOf(path))) yield return path;
            }
    }
}
