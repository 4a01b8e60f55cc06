using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.Register;

/// <summary>
/// Rule C4, the other way round: a daily file that comes after the carrier closed the month adds nothing to that month. What the monthly file has too is a
/// duplicate already; what it has not is left out here, as it would have been had the daily file come first.
/// </summary>
internal static class MonthlyPrecedence
{
    /// <summary>Leaves out the calls of daily files that lie in a month whose file is in and has them not.</summary>
    /// <param name="db">The transaction that brought them.</param>
    /// <param name="tenant">Its clock.</param>
    /// <param name="carrier">Whose files.</param>
    /// <param name="files">The daily files to look at; those of other kinds are left alone.</param>
    /// <param name="except">A monthly file that does not count, for it is being taken out.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Calls left out.</returns>
    public static async Task<int> ApplyAsync(TenantDb db, Tenant tenant, string carrier, long[] files, long? except, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The first file of a month counts; a second one for the same month finds its calls taken.
        var months = await db.QueryAsync($"""
            select m.file_id, m.name, lower(m.period), upper(m.period) from usage.cdr_file m
            where m.carrier = {carrier} and m.kind = 'monthly' and lower(m.period) is not null and upper(m.period) is not null and m.file_id is distinct from {except}::bigint
              and exists (select from usage.tally t where t.file_id = any ({files}) and t.day <@ m.period)
            order by m.file_id
            """, row => (File: row.Long(0), Name: row.Text(1), Period: new DateInterval(row.Date(2), row.Date(3))), cancellationToken);
        var left = 0;
        foreach (var (month, name, period) in months)
            left += await db.ExecuteAsync($"""
                update usage.call c
                set state = 'excluded', excluded_by = 'system', excluded_at = {now.UtcDateTime}, excluded_why = {"Not in the carrier's monthly file " + name}, excluded_by_file = {month},
                    error_code = null, error_subject = null, error_message = null
                where c.file_id = any ({files}) and c.record_key is not null and c.invoice_id is null and c.state in ('open', 'error', 'zero-rated')
                  and c.started_at >= {tenant.StartOf(period.From).UtcDateTime} and c.started_at < {tenant.StartOf(period.To!.Value).UtcDateTime}
                  and exists (select from usage.cdr_file f where f.tenant_id = c.tenant_id and f.file_id = c.file_id and f.kind in ('daily', 'unknown'))
                """, cancellationToken);
        return left;
    }
}
