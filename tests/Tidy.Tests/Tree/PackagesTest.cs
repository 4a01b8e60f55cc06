using System.Xml.Linq;

namespace Billing.Tidy.Tests.Tree;

public sealed class PackagesTest
{
    private static readonly string[] BuildFiles =
        [.. Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) || f.EndsWith(".props", StringComparison.Ordinal) || f.EndsWith(".targets", StringComparison.Ordinal))];

    [Fact]
    public void A_package_has_one_door() =>
        Project.OfTheProduct.SelectMany(project => project.Packages.Where(use => !use.StaysOutOfTheProduct).Select(use => (use.Package, project.Name)))
            .GroupBy(use => use.Package, use => use.Name, StringComparer.OrdinalIgnoreCase)
            .Where(uses => uses.Count() > 1)
            .Select(uses => $"{uses.Key} is used by {string.Join(" and ", uses)}: one of them may, behind a type of ours")
            .ShouldBeEmpty();

    [Fact]
    public void A_version_is_written_in_one_file_only() =>
        BuildFiles.Where(file => file != "Directory.Packages.props")
            .SelectMany(file => XDocument.Load(Repository.PathOf(file)).Descendants()
                .Where(e => e.Name == "PackageVersion" || (e.Name == "PackageReference" && HasVersion(e)))
                .Select(e => $"{file}: {(string?)e.Attribute("Include") ?? (string?)e.Attribute("Update")} belongs into Directory.Packages.props"))
            .ShouldBeEmpty();

    [Fact]
    public void Every_version_is_in_use()
    {
        var used = BuildFiles.SelectMany(file => XDocument.Load(Repository.PathOf(file)).Descendants("PackageReference"))
            .Select(e => (string?)e.Attribute("Include")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(e => (string)e.Attribute("Include")!).Where(package => !used.Contains(package)).ShouldBeEmpty();
    }

    private static bool HasVersion(XElement reference) =>
        reference.Attributes().Select(a => a.Name.LocalName).Concat(reference.Elements().Select(e => e.Name.LocalName)).Any(name => name is "Version" or "VersionOverride");
}
