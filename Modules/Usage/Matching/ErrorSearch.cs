using Billing.Screens;
using Billing.Screens.Search;
using Billing.Tenancy.Data;
using Microsoft.AspNetCore.WebUtilities;

namespace Billing.Usage.Matching;

/// <summary>Causes of billing errors by what they are about: an unassigned number is found here, for it belongs to no account.</summary>
internal sealed class ErrorSearch : ISearchSource
{
    public string Permission => Tenancy.Users.Permission.ViewUsage;

    public async Task<IReadOnlyList<SearchHit>> FindAsync(TenantDb db, SearchWords words, int limit, CancellationToken cancellationToken)
    {
        var start = words.NumberStart is null ? null : "%" + words.NumberStart + "%";
        return await db.QueryAsync($"""
            select error_code, coalesce(error_subject, ''), min(error_message), count(*) from usage.call
            where state = 'error' and (error_subject ilike {words.Pattern} or error_subject like {start}::text or error_code ilike {words.Pattern})
            group by 1, 2 order by count(*) desc, 1, 2 limit {limit}
            """,
            row => new SearchHit("Billing errors", row.Text(1).Length == 0 ? row.Text(0) : row.Text(1), $"{row.Text(2)} {Written.Counted(row.Long(3), "call", "calls")}",
                QueryHelpers.AddQueryString("/errors/calls", new Dictionary<string, string?> { ["cause"] = new ErrorCause(row.Text(0), row.Text(1)).Key })), cancellationToken);
    }
}
