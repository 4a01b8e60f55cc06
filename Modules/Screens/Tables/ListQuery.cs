using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Billing.Screens.Tables;

/// <summary>What a list shows: the words searched for, the column it is sorted by, the page. All of it stands in the address, so that a list can be bookmarked.</summary>
public sealed record ListQuery
{
    private const int LongestSearch = 200;
    private const int MostColumns = 50;

    private readonly string defaultSort;

    private ListQuery(string defaultSort) => this.defaultSort = defaultSort;

    /// <summary>Words searched for; empty for all rows.</summary>
    public string Search { get; private init; } = "";

    /// <summary>Column the list is sorted by.</summary>
    public required string Sort { get; init; }

    /// <summary>True for the biggest first.</summary>
    public bool IsDescending { get; private init; }

    /// <summary>From 1.</summary>
    public int Page { get; private init; } = 1;

    /// <summary>Rows a page.</summary>
    public required int PageSize { get; init; }

    /// <summary>Keys of the columns that were chosen; empty for all of them.</summary>
    public IReadOnlyList<string> Columns { get; private init; } = [];

    /// <summary>Further members of the address that stay as they are, such as a chosen state.</summary>
    public IReadOnlyDictionary<string, string?> Kept { get; private init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Reads it from an address. What makes no sense there is as if it were not there.</summary>
    /// <param name="query">The address.</param>
    /// <param name="sorts">Columns that can be sorted by; the first one is the default.</param>
    /// <param name="pageSize">Rows a page.</param>
    /// <param name="kept">Names of further members to keep.</param>
    public static ListQuery Read(IQueryCollection query, IReadOnlyList<string> sorts, int pageSize, params IReadOnlyList<string> kept)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(sorts);
        var search = query["q"].ToString().Trim();
        return new ListQuery(sorts[0])
        {
            Search = search.Length > LongestSearch ? search[..LongestSearch] : search,
            Sort = sorts.FirstOrDefault(sort => sort == query["sort"].ToString()) ?? sorts[0],
            IsDescending = query["order"] == "desc",
            Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
            PageSize = pageSize,
            Columns = [.. query["cols"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(IsKey).Distinct().Take(MostColumns)],
            Kept = kept.Where(name => query.ContainsKey(name)).ToDictionary(name => name, string? (name) => query[name].ToString(), StringComparer.Ordinal),
        };
    }

    /// <summary>Cuts the page out of all rows. A page beyond the last one is the last one.</summary>
    public ListPage<T> Cut<T>(IReadOnlyList<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var last = Math.Max(1, (rows.Count + PageSize - 1) / PageSize);
        var there = Page <= last ? this : this with { Page = last };
        return new(there, [.. rows.Skip((there.Page - 1) * PageSize).Take(PageSize)], rows.Count);
    }

    /// <summary>The same list sorted by a column, from its first page; by the column it is sorted by already, the other way round.</summary>
    public string SortedBy(string column, bool descendingFirst) =>
        (this with { Sort = column, IsDescending = column == Sort ? !IsDescending : descendingFirst, Page = 1 }).ToString();

    /// <summary>Another page of the same list.</summary>
    public string OnPage(int page) => (this with { Page = page }).ToString();

    /// <summary>Whether a column that may be left out is shown.</summary>
    public bool Shows(string column) => Columns.Count == 0 || Columns.Contains(column);

    /// <summary>What a form that searches and filters must carry on besides its own fields; the page begins anew and columns are fields.</summary>
    /// <param name="fields">Members that the form has fields for.</param>
    public IEnumerable<(string Name, string Value)> KeptByForm(IReadOnlyCollection<string> fields)
    {
        foreach (var (name, value) in Kept)
            if (!fields.Contains(name)) yield return (name, value ?? "");
        if (Sort != defaultSort) yield return ("sort", Sort);
        if (IsDescending) yield return ("order", "desc");
    }

    /// <summary>Whether words or one of the named filters leave rows out.</summary>
    public bool IsNarrowed(IReadOnlyCollection<string> filters) => Search.Length > 0 || Kept.Any(member => filters.Contains(member.Key) && !string.IsNullOrEmpty(member.Value));

    /// <summary>The same list without words and without the named filters.</summary>
    public string Cleared(IReadOnlyCollection<string> filters) =>
        (this with { Search = "", Page = 1, Kept = Kept.Where(member => !filters.Contains(member.Key)).ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal) }).ToString();

    /// <summary>The query part of the address; what is as usual is left out.</summary>
    public override string ToString()
    {
        var members = new Dictionary<string, string?>(Kept, StringComparer.Ordinal);
        if (Search.Length > 0) members["q"] = Search;
        if (Sort != defaultSort) members["sort"] = Sort;
        if (IsDescending) members["order"] = "desc";
        if (Columns.Count > 0) members["cols"] = string.Join(',', Columns);
        if (Page > 1) members["page"] = Page.ToString(CultureInfo.InvariantCulture);
        return members.Count == 0 ? "?" : QueryHelpers.AddQueryString("", members);
    }

    private static bool IsKey(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
