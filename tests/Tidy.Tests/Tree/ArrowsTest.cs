using System.Xml.Linq;

namespace Billing.Tidy.Tests.Tree;

public sealed class ArrowsTest
{
    private const string Contract = "Abstractions";

    /// <summary>
    /// Who may refer to whom, and the only place where that is decided: a new module gets its row here and in docs/architecture.md.
    /// Plugins need no row (all of them see the contract and nothing else), and the host sees everything.
    /// </summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Abstractions"] = [],
        ["Abstractions.Testing"] = [Contract],
        ["Templating"] = [],
        ["Spreadsheets"] = [Contract],
        ["Tenancy"] = [Contract],
        ["Delivery"] = ["Templating", "Tenancy", Contract],
        ["Rating"] = ["Api", "Screens", "Spreadsheets", "Tenancy", Contract],
        ["Catalog"] = ["Api", "Rating", "Screens", "Spreadsheets", "Tenancy", Contract],
        ["Customers"] = ["Api", "Catalog", "Rating", "Screens", "Spreadsheets", "Tenancy", Contract],
        ["Ledger"] = ["Customers", "Tenancy", Contract],
        ["Screens"] = ["Spreadsheets", "Tenancy", Contract],
        ["Api"] = ["Screens", "Tenancy", Contract],
        ["Usage"] = ["Api", "Catalog", "Customers", "Rating", "Screens", "Spreadsheets", "Tenancy", Contract],
        ["Invoicing"] = ["Api", "Usage", "Ledger", "Customers", "Catalog", "Delivery", "Screens", "Spreadsheets", "Tenancy", Contract],
        ["Onboarding"] = ["Invoicing", "Usage", "Customers", "Catalog", "Rating", "Screens", "Spreadsheets", "Tenancy", Contract],
        ["Access"] = ["Delivery", "Screens", "Tenancy", Contract],
        ["Portal"] = ["Access", "Customers", "Usage", "Invoicing", "Delivery", "Screens", "Spreadsheets", "Tenancy", Contract],
    };

    [Fact]
    public void Every_reference_follows_an_arrow() =>
        Project.OfTheProduct.SelectMany(Strays).ShouldBeEmpty();

    [Fact]
    public void Every_module_has_its_row_in_the_arrows() =>
        Project.OfTheProduct.Where(p => !p.IsPlugin && p.Name != "Host" && !Arrows.ContainsKey(p.Name))
            .Select(p => $"{p.File}: add its row to the arrows").ShouldBeEmpty();

    [Fact]
    public void The_arrows_lead_down_only()
    {
        var above = new HashSet<string>(StringComparer.Ordinal);
        var circles = new List<string>();
        foreach (var module in Arrows.Keys) Follow(module, [module]);
        circles.ShouldBeEmpty();

        void Follow(string module, string[] way)
        {
            if (!above.Add(way[0] + "/" + module) && way.Length > 1) return;
            foreach (var next in Arrows[module])
                if (way.Contains(next)) circles.Add(string.Join(" -> ", way.Append(next)));
                else Follow(next, [.. way, next]);
        }
    }

    [Fact]
    public void Nothing_of_ours_comes_in_as_a_bare_assembly() =>
        Project.OfTheProduct.SelectMany(p => p.Assemblies.Select(a => $"{p.File} refers to the assembly {a}: refer to its project")).ShouldBeEmpty();

    [Fact]
    public void The_compiler_holds_the_arrows()
    {
        const string Switch = "DisableTransitiveProjectReferences";
        var said = Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) || f.EndsWith(".props", StringComparison.Ordinal) || f.EndsWith(".targets", StringComparison.Ordinal))
            .SelectMany(f => XDocument.Load(Repository.PathOf(f)).Descendants(Switch).Select(e => $"{f}: {e.Value}"));
        said.ShouldBe(["Directory.Build.props: true"]);
    }

    [Fact]
    public void The_contract_brings_no_package() =>
        Project.OfTheProduct.Single(p => p.Name == Contract).Packages.Where(p => !p.StaysOutOfTheProduct).ShouldBeEmpty();

    private static IEnumerable<string> Strays(Project project)
    {
        if (project.Name == "Host") return [];
        var allowed = project.IsPlugin ? [Contract] : Arrows.GetValueOrDefault(project.Name, []);
        return project.Projects.Except(allowed).Select(stray => $"{project.File} -> {stray} is no arrow; it may use {string.Join(", ", allowed.DefaultIfEmpty("nothing"))}");
    }
}
