using Billing.Tenancy.Data;

namespace Billing.Usage.Allowances;

/// <summary>Whether calls and what is kept of their draws agree.</summary>
public static class AllowanceCheck
{
    /// <summary>What does not, as sentences; empty when everything does.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var findings = new List<string>();
        findings.AddRange(await db.QueryAsync($"""
            select f.name, c.line from usage.call c join usage.cdr_file f using (tenant_id, file_id)
            where c.state = 'covered' and not exists (select from usage.draw d where d.tenant_id = c.tenant_id and d.file_id = c.file_id and d.line = c.line and d.source <> 'cap')
            order by c.file_id, c.line limit 20
            """, row => $"Line {row.Long(1)} of {row.Text(0)} is covered, and by no allowance.", cancellationToken));
        findings.AddRange(await db.QueryAsync($"""
            select distinct f.name, d.line, c.state from usage.draw d join usage.cdr_file f using (tenant_id, file_id) left join usage.call c using (tenant_id, file_id, line)
            where c.state is null or c.account_id is distinct from d.account_id or d.is_settled is distinct from (c.state in ('billed', 'covered', 'zero-rated', 'excluded'))
            order by f.name, d.line limit 20
            """, row => $"Line {row.Long(1)} of {row.Text(0)} drew from an allowance and is {row.MaybeText(2) ?? "not there"}.", cancellationToken));
        findings.AddRange(await db.QueryAsync($"""
            select allowance_id, lower(period), sum(seconds) from usage.draw where source <> 'cap' group by source, grant_id, allowance_id, pool, owner_id, period
            having sum(seconds) < 0 or sum(messages) < 0 or sum(bytes) < 0 or sum(calls) < 0 or sum(money) < 0 limit 20
            """, row => $"More was given back to allowance {row.Long(0)} in the period from {row.Date(1):yyyy-MM-dd} than was drawn.", cancellationToken));
        return findings;
    }
}
