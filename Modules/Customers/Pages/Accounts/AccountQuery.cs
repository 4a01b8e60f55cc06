using Billing.Customers.Accounts;
using Billing.Screens.Tables;
using Billing.Tenancy.Data;
using Microsoft.AspNetCore.Http;

namespace Billing.Customers.Pages.Accounts;

/// <summary>The list of accounts as its address asks for it; the page and the files show the same.</summary>
internal static class AccountQuery
{
    private const int PageSize = 50;

    public static ListQuery Read(IQueryCollection query) => ListQuery.Read(query, ["number", "name", "started", "numbers", "monthly"], PageSize, "state");

    public static string StateOf(ListQuery query) => query.Kept.GetValueOrDefault("state") is "open" or "closed" ? query.Kept["state"]! : "";

    public static async Task<IReadOnlyList<AccountLine>> RowsAsync(TenantDb db, ListQuery query, DateOnly today, CancellationToken cancellationToken)
    {
        var state = StateOf(query);
        var rows = (await AccountLine.LoadAsync(db, query.Search, today, cancellationToken)).Where(a => state.Length == 0 || (a.EndedOn is null || a.EndedOn > today) == (state == "open"));
        rows = query.Sort switch
        {
            "name" => rows.OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase),
            "started" => rows.OrderBy(a => a.StartedOn),
            "numbers" => rows.OrderBy(a => a.Numbers),
            "monthly" => rows.OrderBy(a => a.Monthly),
            _ => rows,
        };
        return query.IsDescending ? [.. rows.Reverse()] : [.. rows];
    }
}
