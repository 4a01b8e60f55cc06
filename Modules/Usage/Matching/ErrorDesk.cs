using Billing.Tenancy.Audit;
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
                   (array_agg(f.name order by c.file_id, c.line))[1], (array_agg(c.line order by c.file_id, c.line))[1], min(c.file_id), min(c.started_at)
            from usage.call c join usage.cdr_file f using (tenant_id, file_id)
            where c.state = 'error'
            group by c.error_code, c.error_subject
            order by coalesce(sum(c.cost), 0) desc, count(*) desc, c.error_code, c.error_subject
            """,
            row => new ErrorGroup(row.Text(0), row.Text(1), row.Text(2), row.Long(3), row.Long(4), row.Decimal(5), row.Long(6), row.Text(7), row.Long(8), row.Long(9),
                row.IsNull(10) ? null : row.Instant(10)), cancellationToken);
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

    /// <summary>Takes the calls of one cause out of billing. What was wrong with each is kept, so that the decision can be undone.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="code">The cause.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="by">Who decided.</param>
    /// <param name="why">The reason, kept with every call.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Calls excluded.</returns>
    public static Task<int> ExcludeAsync(TenantDb db, string code, string subject, string by, string why, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        return db.ExecuteAsync($"""
            update usage.call set state = 'excluded', excluded_by = {by}, excluded_why = {why.Trim()}, excluded_at = {at.UtcDateTime}, excluded_error_code = error_code,
                   excluded_error_subject = error_subject, excluded_error_message = error_message, error_code = null, error_subject = null, error_message = null
            where state = 'error' and error_code = {code} and coalesce(error_subject, '') = {subject}
            """, cancellationToken);
    }

    /// <summary>What people excluded, latest first; what a carrier's monthly file left out, or what became part of a call, is not a person's decision and not here.</summary>
    public static async Task<IReadOnlyList<Exclusion>> ExclusionsAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select excluded_at, excluded_by, excluded_why, excluded_error_code, coalesce(excluded_error_subject, ''), count(*), coalesce(sum(cost), 0), count(*) filter (where cost is null)
            from usage.call where state = 'excluded' and excluded_error_code is not null and excluded_by_file is null
            group by 1, 2, 3, 4, 5 order by 1 desc, 4, 5
            """,
            row => new Exclusion(row.Instant(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Long(5), row.Decimal(6), row.Long(7)), cancellationToken);
    }

    /// <summary>Undoes an exclusion: its calls are errors again, of the cause they had. No invoice can have them, for what is excluded is never claimed.</summary>
    /// <returns>Calls that came back.</returns>
    public static async Task<int> UndoAsync(TenantDb db, Exclusion exclusion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(exclusion);
        var back = await db.ExecuteAsync($"""
            update usage.call set state = 'error', error_code = excluded_error_code, error_subject = excluded_error_subject, error_message = excluded_error_message,
                   excluded_by = null, excluded_why = null, excluded_at = null, excluded_error_code = null, excluded_error_subject = null, excluded_error_message = null
            where state = 'excluded' and invoice_id is null and excluded_by_file is null and excluded_at = {exclusion.At.UtcDateTime} and excluded_by = {exclusion.By}
              and excluded_error_code = {exclusion.Code} and coalesce(excluded_error_subject, '') = {exclusion.Subject}
            """, cancellationToken);
        db.Note(new Deed("errors.exclusion-undone", "billing-error", new { exclusion.Code, exclusion.Subject }, new { Calls = back, exclusion.Why }));
        return back;
    }
}
