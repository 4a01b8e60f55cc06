using System.Security.Cryptography;
using System.Text;
using Billing.Abstractions.Values;

namespace Billing.Onboarding.Columns;

/// <summary>Which column of a file says what: a field's name for each column, or null for one that is not read.</summary>
public static class ColumnMapping
{
    /// <summary>What is the same for files made by the same program: their headers, whatever their spelling in case and spaces.</summary>
    public static string SignatureOf(IReadOnlyList<string> header) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', header.Select(Plain)))));

    /// <summary>Recognises columns by their headers. A field is given to one column at most, and one that fits by name goes before a synonym.</summary>
    public static IReadOnlyList<string?> Recognise(ImportKind kind, IReadOnlyList<string> header)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(header);
        var columns = new string?[header.Count];
        foreach (var names in (Func<ImportField, IEnumerable<string>>[])[field => [field.Title, field.Name], field => field.Synonyms])
            for (var i = 0; i < columns.Length; i++)
            {
                if (columns[i] is not null || Plain(header[i]) is not { Length: > 0 } plain) continue;
                columns[i] = kind.Fields.FirstOrDefault(field => !columns.Contains(field.Name) && names(field).Any(name => Plain(name) == plain))?.Name;
            }
        return columns;
    }

    /// <summary>What is wrong with a mapping: fields that must be there and are not, or are there twice.</summary>
    public static IReadOnlyList<Failure> Check(ImportKind kind, IReadOnlyList<string?> columns)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(columns);
        var failures = new List<Failure>();
        foreach (var twice in columns.Where(c => c is not null).GroupBy(c => c).Where(g => g.Count() > 1))
            failures.Add(new Failure("onboarding.column-twice", $"Two columns are '{kind.Field(twice.Key!).Title}'. Choose one.") { Field = twice.Key });
        foreach (var field in kind.Fields.Where(f => f.IsRequired && !columns.Contains(f.Name)))
            failures.Add(new Failure("onboarding.no-column", $"No column is '{field.Title}'. Choose the one that has it, or add it to the file.") { Field = field.Name });
        if (kind == ImportKinds.Numbers && !columns.Contains("first") && !columns.Contains("circuit"))
            failures.Add(new Failure("onboarding.no-column", "No column is 'Number' or 'Circuit'. Choose the one that has it.") { Field = "first" });
        if (kind == ImportKinds.Rates && !columns.Any(c => c is "prefix" or "charge_code" or "short_code"))
            failures.Add(new Failure("onboarding.no-column", "No column is 'Prefix', 'Charge code' or 'Short code', which a rate is found by.") { Field = "prefix" });
        return failures;
    }

    private static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
