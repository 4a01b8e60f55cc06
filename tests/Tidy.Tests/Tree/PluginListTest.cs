using System.Text.Json;

namespace Billing.Tidy.Tests.Tree;

public sealed class PluginListTest
{
    private static readonly Dictionary<string, string> FolderOfKind = new(StringComparer.Ordinal) { ["cdr"] = "Cdr", ["payments"] = "Payments", ["accounting"] = "Accounting" };

    private static readonly IReadOnlyList<Line> Listed = [.. JsonDocument.Parse(File.ReadAllText(Repository.PathOf("plugins.json"))).RootElement.GetProperty("plugins").EnumerateArray()
        .Select(e => new Line(e.GetProperty("id").GetString()!, e.GetProperty("path").GetString()!, e.GetProperty("kind").GetString()!))];

    private static readonly IReadOnlyList<string> Folders = [.. Project.OfTheProduct.Where(p => p.IsPlugin).Select(p => Path.GetDirectoryName(p.File)!)];

    [Fact]
    public void Every_line_names_a_plugin_that_is_there() =>
        Listed.Where(line => !Folders.Contains(line.Path)).Select(line => $"{line.Id}: there is no project in {line.Path}").ShouldBeEmpty();

    [Fact]
    public void Every_plugin_is_listed() =>
        Folders.Where(folder => Listed.All(line => line.Path != folder)).Select(folder => $"{folder} has no line in plugins.json").ShouldBeEmpty();

    [Fact]
    public void A_plugins_folder_is_called_as_its_project() =>
        Project.OfTheProduct.Where(p => p.IsPlugin && Path.GetFileName(Path.GetDirectoryName(p.File)) != p.Name).Select(p => p.File).ShouldBeEmpty();

    [Fact]
    public void Ids_and_paths_are_unique()
    {
        Listed.GroupBy(line => line.Id).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
        Listed.GroupBy(line => line.Path).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
    }

    [Fact]
    public void A_plugin_lies_in_the_folder_of_its_kind() =>
        Listed.Where(line => !FolderOfKind.TryGetValue(line.Kind, out var folder) || !line.Path.StartsWith($"Plugins/{folder}/", StringComparison.Ordinal))
            .Select(line => $"{line.Id} is of kind '{line.Kind}' and lies in {line.Path}").ShouldBeEmpty();

    [Fact]
    public void Every_CDR_format_has_samples_with_their_approved_results()
    {
        const string Approved = ".approved.jsonl";
        var missing = new List<string>();
        foreach (var folder in Folders.Where(f => f.StartsWith("Plugins/Cdr/", StringComparison.Ordinal)))
        {
            var samples = Repository.Files.Where(f => f.StartsWith($"{folder}/Samples/", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
            if (!samples.Any(f => f.EndsWith(Approved, StringComparison.Ordinal))) missing.Add($"{folder}/Samples has no approved result");
            missing.AddRange(samples.Where(f => f.EndsWith(Approved, StringComparison.Ordinal) && !samples.Contains(f[..^Approved.Length])).Select(f => $"{f} is the result of no sample"));
            missing.AddRange(samples.Where(f => !f.EndsWith(Approved, StringComparison.Ordinal) && !samples.Contains(f + Approved)).Select(f => $"{f} has no approved result"));
        }
        missing.ShouldBeEmpty();
    }

    private sealed record Line(string Id, string Path, string Kind);
}
