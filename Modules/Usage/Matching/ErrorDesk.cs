using Billing.Abstractions.Values;
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
        // A file that names no currency is charged in the tenant's. Most money first: what is the tenant's own currency before what is not, then the number of calls.
        var found = await db.QueryAsync($"""
            select g.error_code, g.subject, min(g.message), sum(g.calls)::bigint, sum(g.seconds)::bigint, array_agg(g.currency order by g.currency), array_agg(g.cost order by g.currency),
                   sum(g.unknown)::bigint, min(f.name), g.first[2], g.first[1], min(g.first_at)
            from (select error_code, coalesce(error_subject, '') as subject, coalesce(cost_currency, t.currency)::text as currency, min(error_message) as message, count(*) as calls,
                         coalesce(sum(seconds), 0) as seconds, coalesce(sum(cost), 0) as cost, count(*) filter (where cost is null) as unknown, min(started_at) as first_at,
                         min(min(array[file_id, line])) over (partition by error_code, coalesce(error_subject, '')) as first
                  from usage.call join tenancy.tenant t using (tenant_id) where state = 'error' group by 1, 2, 3) g
            join usage.cdr_file f on f.file_id = g.first[1]
            group by g.error_code, g.subject, g.first
            """,
            row => new ErrorGroup(row.Text(0), row.Text(1), row.Text(2), row.Long(3), row.Long(4), StakeOf(row.Get<string[]>(5), row.Get<decimal[]>(6), row.Long(3), row.Long(7)),
                row.Text(8), row.Long(9), row.Long(10), row.IsNull(11) ? null : row.Instant(11)), cancellationToken);
        var own = Currency.Of(await db.ScalarAsync<string>($"select currency::text from tenancy.tenant", cancellationToken));
        return [.. found.OrderByDescending(group => group.Stake.In(own)).ThenByDescending(group => group.Stake.Known.Sum(money => money.Amount)).ThenByDescending(group => group.Calls)
            .ThenBy(group => group.Code, StringComparer.Ordinal).ThenBy(group => group.Subject, StringComparer.Ordinal)];
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
            select c.file_id, f.name, c.line, c.error_message, c.started_at, c.caller, c.called, c.seconds, c.cost, c.cost_currency::text, c.raw
            from usage.call c join usage.cdr_file f using (tenant_id, file_id)
            where c.state = 'error' and c.error_code = {code} and coalesce(c.error_subject, '') = {subject}
            order by c.file_id, c.line offset {skip} limit {take}
            """,
            row => new FailedCall(row.Long(0), row.Text(1), row.Long(2), row.MaybeText(3) ?? "", row.IsNull(4) ? null : row.Instant(4), row.MaybeText(5), row.MaybeText(6),
                row.Maybe<int?>(7), row.Maybe<decimal?>(8), row.MaybeText(9) is { } currency ? Currency.Of(currency) : null, row.Text(10)), cancellationToken);
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
            select at, by, why, code, subject, sum(calls)::bigint, array_agg(currency order by currency), array_agg(cost order by currency), sum(unknown)::bigint
            from (select excluded_at as at, excluded_by as by, excluded_why as why, excluded_error_code as code, coalesce(excluded_error_subject, '') as subject,
                         coalesce(cost_currency, t.currency)::text as currency, count(*) as calls, coalesce(sum(cost), 0) as cost, count(*) filter (where cost is null) as unknown
                  from usage.call join tenancy.tenant t using (tenant_id)
                  where state = 'excluded' and excluded_error_code is not null and excluded_by_file is null
                  group by 1, 2, 3, 4, 5, 6) e
            group by 1, 2, 3, 4, 5 order by 1 desc, 4, 5
            """,
            row => new Exclusion(row.Instant(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Long(5),
                StakeOf(row.Get<string[]>(6), row.Get<decimal[]>(7), row.Long(5), row.Long(8))), cancellationToken);
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

    private static Stake StakeOf(string[] currencies, decimal[] costs, long calls, long unknown) =>
        new(currencies.Zip(costs, (currency, cost) => new Money(cost, Currency.Of(currency))).Where(money => money.Amount != 0), calls, unknown);
}
