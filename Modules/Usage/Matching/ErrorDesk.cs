using Billing.Tenancy.Data;

namespace Billing.Usage.Matching;

/// <summary>Calls that can't be billed, by cause. Two ways out: mend the cause and re-rate, or exclude with a reason.</summary>
public static class ErrorDesk
{
    /// <summary>All causes, most money at stake first.</summary>
    public static async Task<IReadOnlyList<ErrorGroup>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select c.error_code, coalesce(c.error_subject, ''), min(c.error_message), count(*), coalesce(sum(c.seconds), 0), coalesce(sum(c.cost), 0), count(*) filter (where c.cost is null),
                   (array_agg(f.name order by c.file_id, c.line))[1], (array_agg(c.line order by c.file_id, c.line))[1], min(c.file_id)
            from usage.call c join usage.cdr_file f using (tenant_id, file_id)
            where c.state = 'error'
            group by c.error_code, c.error_subject
            order by coalesce(sum(c.cost), 0) desc, count(*) desc, c.error_code, c.error_subject
            """,
            row => new ErrorGroup(row.Text(0), row.Text(1), row.Text(2), row.Long(3), row.Long(4), row.Decimal(5), row.Long(6), row.Text(7), row.Long(8), row.Long(9)), cancellationToken);
    }

    /// <summary>Some of the calls of one cause, in the order of files and lines.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="code">The cause.</param>
    /// <param name="subject">What it is about; empty where the cause is about nothing in particular.</param>
    /// <param name="skip">Calls to leave out from the beginning.</param>
    /// <param name="take">Calls at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<FailedCall>> CallsAsync(TenantDb db, string code, string subject, long skip, int take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select c.file_id, f.name, c.line, c.error_message, c.started_at, c.caller, c.called, c.seconds, c.cost, c.raw
            from usage.call c join usage.cdr_file f using (tenant_id, file_id)
            where c.state = 'error' and c.error_code = {code} and coalesce(c.error_subject, '') = {subject}
            order by c.file_id, c.line offset {skip} limit {take}
            """,
            row => new FailedCall(row.Long(0), row.Text(1), row.Long(2), row.MaybeText(3) ?? "", row.IsNull(4) ? null : row.Instant(4), row.MaybeText(5), row.MaybeText(6),
                row.Maybe<int?>(7), row.Maybe<decimal?>(8), row.Text(9)), cancellationToken);
    }

    /// <summary>Takes the calls of one cause out of billing.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="code">The cause.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="by">Who decided.</param>
    /// <param name="why">The reason, kept with every call.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Calls excluded.</returns>
    public static Task<int> ExcludeAsync(TenantDb db, string code, string subject, string by, string why, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        return db.ExecuteAsync($"""
            update usage.call set state = 'excluded', excluded_by = {by}, excluded_why = {why}, error_code = null, error_subject = null, error_message = null
            where state = 'error' and error_code = {code} and coalesce(error_subject, '') = {subject}
            """, cancellationToken);
    }
}
