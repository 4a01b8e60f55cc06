using Billing.Screens.Tables;
using Billing.Usage.WhatIf;

namespace Billing.Usage.Pages.WhatIf;

/// <summary>Accounts of a replay, searched and sorted: the table on the page and the exported one are the same list.</summary>
internal static class AccountChanges
{
    /// <summary>As usual: the greatest rise first, the greatest fall last.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["usual", "number", "name", "before", "after", "change", "percent"];

    public static IReadOnlyList<WhatIfAccount> Of(IEnumerable<WhatIfAccount> accounts, ListQuery query)
    {
        var found = accounts.Where(a => query.Search.Length == 0 || a.Number.Contains(query.Search, StringComparison.OrdinalIgnoreCase) || a.Name.Contains(query.Search, StringComparison.OrdinalIgnoreCase));
        return query.Sort switch
        {
            "number" => Order(found, a => a.Number, query),
            "name" => Order(found, a => a.Name, query),
            "before" => Order(found, a => a.Figures.Before, query),
            "after" => Order(found, a => a.Figures.After, query),
            "change" => Order(found, a => a.Figures.Change, query),
            "percent" => Order(found, a => a.Figures.ChangePercent ?? 0, query),
            _ => [.. found],
        };
    }

    private static IReadOnlyList<WhatIfAccount> Order<TKey>(IEnumerable<WhatIfAccount> accounts, Func<WhatIfAccount, TKey> key, ListQuery query) =>
        [.. query.IsDescending ? accounts.OrderByDescending(key) : accounts.OrderBy(key)];
}
