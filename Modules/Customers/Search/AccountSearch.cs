using System.Globalization;
using Billing.Screens.Search;
using Billing.Tenancy.Data;

namespace Billing.Customers.Search;

/// <summary>Accounts by number and name.</summary>
internal sealed class AccountSearch : ISearchSource
{
    public string Permission => Tenancy.Users.Permission.ViewAccounts;

    public async Task<IReadOnlyList<SearchHit>> FindAsync(TenantDb db, SearchWords words, int limit, CancellationToken cancellationToken) =>
        await db.QueryAsync($"""
            select a.account_id, a.number, a.name, a.ended_on is not null, count(s.*)
            from customers.account a left join customers.service s using (tenant_id, account_id)
            where a.number ilike {words.Pattern} or a.name ilike {words.Pattern}
            group by a.tenant_id, a.account_id
            order by upper(a.number) = upper({words.Text}) desc, a.number collate "C"
            limit {limit}
            """,
            row => new SearchHit("Accounts", row.Text(1) + " " + row.Text(2), string.Create(CultureInfo.InvariantCulture, $"{(row.Bool(3) ? "closed, " : "")}{row.Long(4)} {(row.Long(4) == 1 ? "service" : "services")}"),
                string.Create(CultureInfo.InvariantCulture, $"/accounts/{row.Long(0)}")), cancellationToken);
}
