using Billing.Screens.Tables;
using Billing.Usage.RatedCalls;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>The CDR files, searched and sorted: the table on the page and the exported one are the same list.</summary>
internal static class CdrFileList
{
    public static IReadOnlyList<string> Sorts { get; } = ["name", "carrier", "kind", "lines", "billed", "free", "waiting", "excluded", "duplicate", "error", "skipped"];

    /// <summary>What may be left out; the file stays.</summary>
    public static IReadOnlyList<ListColumn> Columns { get; } =
    [
        new("carrier", "Carrier, format"), new("kind", "Kind"), new("lines", "Lines"), new("billed", "Billed"), new("free", "Zero-rated"), new("waiting", "Waiting"), new("excluded", "Excluded"),
        new("duplicate", "Duplicate"), new("error", "Error"), new("skipped", "Headings"), new("balance", "Balance"),
    ];

    public static IReadOnlyList<FileBalance> Of(IEnumerable<FileBalance> files, ListQuery query)
    {
        var found = files.Where(file => Matches(file, query.Search));
        // A stable order within equal values, so that a row is on one page and no other.
        var sorted = query.Sort switch
        {
            "carrier" => Order(found, f => f.Carrier, StringComparer.OrdinalIgnoreCase, query),
            "kind" => Order(found, f => f.Kind, StringComparer.Ordinal, query),
            "lines" => Order(found, f => f.Lines, null, query),
            "billed" => Order(found, f => f.Billed + f.InAllowance, null, query),
            "free" => Order(found, f => f.ZeroRated, null, query),
            "waiting" => Order(found, f => f.Open + f.Held, null, query),
            "excluded" => Order(found, f => f.Excluded, null, query),
            "duplicate" => Order(found, f => f.Duplicate, null, query),
            "error" => Order(found, f => f.Error, null, query),
            "skipped" => Order(found, f => f.Skipped, null, query),
            _ => Order(found, f => f.Name, StringComparer.OrdinalIgnoreCase, query),
        };
        return [.. sorted.ThenBy(f => f.FileId)];
    }

    private static bool Matches(FileBalance file, string search) =>
        search.Length == 0 || new[] { file.Name, file.Carrier, file.Format, file.Kind }.Any(text => text.Contains(search, StringComparison.OrdinalIgnoreCase));

    private static IOrderedEnumerable<FileBalance> Order<TKey>(IEnumerable<FileBalance> files, Func<FileBalance, TKey> key, IComparer<TKey>? comparer, ListQuery query) =>
        query.IsDescending ? files.OrderByDescending(key, comparer) : files.OrderBy(key, comparer);
}
