using System.Globalization;
using Billing.Screens;
using Billing.Screens.Search;
using Billing.Tenancy.Data;

namespace Billing.Usage.Import;

/// <summary>CDR files by name, carrier or hash.</summary>
internal sealed class FileSearch : ISearchSource
{
    public string Permission => Tenancy.Users.Permission.ViewUsage;

    public async Task<IReadOnlyList<SearchHit>> FindAsync(TenantDb db, SearchWords words, int limit, CancellationToken cancellationToken) =>
        await db.QueryAsync($"""
            select file_id, name, carrier, kind, lines from usage.cdr_file
            where name ilike {words.Pattern} or carrier ilike {words.Pattern} or hash = lower({words.Text})
            order by file_id desc limit {limit}
            """,
            row => new SearchHit("CDR files", row.Text(1), $"{row.Text(2)}, {row.Text(3)}, {Written.Counted(row.Long(4), "line", "lines")}",
                string.Create(CultureInfo.InvariantCulture, $"/cdrs/{row.Long(0)}")), cancellationToken);
}
