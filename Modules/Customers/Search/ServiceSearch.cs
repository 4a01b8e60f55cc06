using System.Globalization;
using Billing.Screens;
using Billing.Screens.Search;
using Billing.Tenancy.Data;

namespace Billing.Customers.Search;

/// <summary>Services by a telephone number, or the beginning of one, and by circuit; a number is also found within its range.</summary>
internal sealed class ServiceSearch : ISearchSource
{
    public string Permission => Tenancy.Users.Permission.ViewAccounts;

    public async Task<IReadOnlyList<SearchHit>> FindAsync(TenantDb db, SearchWords words, int limit, CancellationToken cancellationToken)
    {
        var start = words.NumberStart;
        long? number = start is { Length: <= 15 } && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? digits : null;
        return await db.QueryAsync($"""
            select a.account_id, a.number, a.name, s.label, n.circuit, lower(n.numbers), upper(n.numbers) - 1, lower(n.valid), upper(n.valid)
            from customers.assignment n join customers.service s using (tenant_id, service_id) join customers.account a using (tenant_id, account_id)
            where n.circuit ilike {words.Pattern} or s.label ilike {words.Pattern}
               or n.numbers @> {number}::bigint or lower(n.numbers)::text like {start}::text || '%'
            order by (n.numbers @> {number}::bigint) desc nulls last, n.is_range nulls last, upper(n.valid) desc nulls first, n.numbers, n.circuit
            limit {limit}
            """,
            row => new SearchHit("Numbers and circuits", TitleOf(row), $"{row.Text(3)} of {row.Text(1)} {row.Text(2)}, from {Written.Day(row.Date(7))}{(row.IsNull(8) ? "" : " to " + Written.Day(row.Date(8).AddDays(-1)))}",
                string.Create(CultureInfo.InvariantCulture, $"/accounts/{row.Long(0)}")), cancellationToken);
    }

    private static string TitleOf(Row row) =>
        row.MaybeText(4) ?? string.Create(CultureInfo.InvariantCulture, $"+{row.Long(5)}{(row.Long(6) > row.Long(5) ? $" to +{row.Long(6)}" : "")}");
}
