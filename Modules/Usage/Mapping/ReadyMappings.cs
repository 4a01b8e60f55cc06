using System.Collections.Immutable;
using System.Text;

namespace Billing.Usage.Mapping;

/// <summary>Descriptions that come with the product, to be taken over as they are or as a start.</summary>
public static class ReadyMappings
{
    private const string Place = "mappings/";

    private static readonly Lazy<ImmutableSortedDictionary<string, string>> Documents = new(() => typeof(ReadyMappings).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Place, StringComparison.Ordinal)).ToImmutableSortedDictionary(name => Path.GetFileNameWithoutExtension(name[Place.Length..]), Load, StringComparer.Ordinal));

    /// <summary>Their ids and documents, by id.</summary>
    public static IReadOnlyDictionary<string, string> All => Documents.Value;

    /// <summary>Their ids and names for people, by name.</summary>
    public static IEnumerable<(string Id, string Name)> Names => All
        .Select(one => (one.Key, MappingReader.Read(Encoding.UTF8.GetBytes(one.Value)).TryGet(out var mapping, out _) ? mapping.Name : one.Key)).OrderBy(one => one.Item2, StringComparer.Ordinal);

    /// <summary>What somebody starts from who starts from nothing.</summary>
    public static string Blank => """
        {
          "id": "my-carrier",
          "name": "My carrier, calls",
          "carrier": "My carrier",
          "fileNames": ["*calls*.csv"],
          "delimiter": ",",
          "timeZone": "Europe/London",
          "numbers": { "countryCode": 44, "bareIsInternational": true },
          "fields": {
            // A column goes by its name in the heading, or by its place from 1.
            "start": { "column": "Call date", "timeColumn": "Call time", "pattern": "dd/MM/yyyy" },
            "from": { "column": "Caller" },
            "to": { "column": "Called" },
            "duration": { "column": "Seconds" },
            "recordId": { "column": "Reference" },
            "cost": { "column": "Cost" },
            "currency": { "value": "GBP" }
          }
        }
        """;

    private static string Load(string name)
    {
        using var reader = new StreamReader(typeof(ReadyMappings).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
