using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using Billing.Usage.Mapping;

namespace Billing.Plugins.Tests;

/// <summary>The ready-made descriptions of carriers in <c>mappings/</c>, and their samples.</summary>
static class Mappings
{
    private static readonly Dictionary<string, ICdrFormat> All = Directory.EnumerateFiles(Folder, "*.json").Select(Read).ToDictionary(format => format.Info.Id, StringComparer.Ordinal);

    public static string Folder => Path.Combine(Repository.Root, "mappings");

    public static IEnumerable<string> Ids => All.Keys.Order(StringComparer.Ordinal);

    public static IEnumerable<ICdrFormat> Formats => All.Values;

    public static ICdrFormat Of(string id) => All[id];

    /// <summary>Each sample is called as its mapping, with whatever after a dot.</summary>
    public static TheoryData<string, string> Samples
    {
        get
        {
            var samples = new TheoryData<string, string>();
            foreach (var path in CdrApproval.SamplesIn(Path.Combine(Folder, "Samples"))) samples.Add(Path.GetFileName(path).Split('.')[0], path);
            return samples;
        }
    }

    private static ICdrFormat Read(string path)
    {
        MappingReader.Read(File.ReadAllBytes(path)).TryGet(out var mapping, out var failure).ShouldBeTrue($"{path}: {failure?.Message}");
        mapping!.Id.ShouldBe(Path.GetFileNameWithoutExtension(path));
        return new MappedCdrFormat(mapping);
    }
}
