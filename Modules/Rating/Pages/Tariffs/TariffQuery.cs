using Billing.Rating.RateCards;
using Billing.Screens.Tables;
using Microsoft.AspNetCore.Http;

namespace Billing.Rating.Pages.Tariffs;

/// <summary>The list of tariffs as its address asks for it; the page and the files show the same.</summary>
internal static class TariffQuery
{
    private const int PageSize = 50;

    public static ListQuery Read(IQueryCollection query) => ListQuery.Read(query, ["code", "name", "version", "published", "by"], PageSize, "state");

    /// <summary><c>current</c>, <c>retired</c> or empty for all.</summary>
    public static string StateOf(ListQuery query) => query.Kept.GetValueOrDefault("state") is "current" or "retired" ? query.Kept["state"]! : "";

    public static IReadOnlyList<TariffEntry> Of(IEnumerable<TariffEntry> tariffs, ListQuery query)
    {
        var state = StateOf(query);
        var found = tariffs.Where(tariff => (state.Length == 0 || tariff.IsRetired == (state == "retired"))
            && (query.Search.Length == 0 || new[] { tariff.Code, tariff.Name, tariff.PublishedBy }.Any(text => text?.Contains(query.Search, StringComparison.OrdinalIgnoreCase) == true)));
        var sorted = query.Sort switch
        {
            "name" => Order(found, tariff => tariff.Name, StringComparer.OrdinalIgnoreCase, query),
            "version" => Order(found, tariff => tariff.Latest, null, query),
            "published" => Order(found, tariff => tariff.PublishedAt, null, query),
            "by" => Order(found, tariff => tariff.PublishedBy, StringComparer.OrdinalIgnoreCase, query),
            _ => Order(found, tariff => tariff.Code, StringComparer.OrdinalIgnoreCase, query),
        };
        return [.. sorted.ThenBy(tariff => tariff.Id)];
    }

    private static IOrderedEnumerable<TariffEntry> Order<TKey>(IEnumerable<TariffEntry> tariffs, Func<TariffEntry, TKey> key, IComparer<TKey>? comparer, ListQuery query) =>
        query.IsDescending ? tariffs.OrderByDescending(key, comparer) : tariffs.OrderBy(key, comparer);
}
