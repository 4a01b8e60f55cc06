using Billing.Abstractions.Values;
using Billing.Tenancy.Data;

namespace Billing.Usage.CarrierCharges;

/// <summary>Lines of carriers' recurring charges, with whose they are.</summary>
public static class CarrierChargeList
{
    /// <summary>What it can be sorted by; the first is by file and line, as they came.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["line", "service", "product", "period", "amount", "account", "state"];

    private static long imports;

    /// <summary>Files of any tenant that came in by this process: while it is the same, <see cref="IsUsedAsync"/> has no new answer from here. Other processes' are not in it.</summary>
    public static long Imports => Interlocked.Read(ref imports);

    internal static void CountImport() => Interlocked.Increment(ref imports);

    /// <summary>Whether the tenant's carriers send such files: pages, menu and the check in billing runs are there only then.</summary>
    public static Task<bool> IsUsedAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ScalarAsync<bool>($"select exists (select from usage.cdr_file where kind = 'recurring')", cancellationToken);
    }

    /// <summary>Some lines.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="filter">Which.</param>
    /// <param name="sort">One of <see cref="Sorts"/>.</param>
    /// <param name="isDescending">The biggest first.</param>
    /// <param name="skip">Lines to leave out from the beginning.</param>
    /// <param name="take">Lines at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<CarrierCharge>> LoadAsync(TenantDb db, ChargeFilter filter, string sort, bool isDescending, long skip, int take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(filter);
        var direction = isDescending ? -1 : 1;
        var (search, month) = Terms(filter);
        return await db.QueryAsync($"""
            with found as (
                select c.*, f.name as file_name, a.number as account_number, a.name as account_name, s.label, r.decided_by, r.why,
                       case {sort} when 'service' then coalesce(c.subject, '') when 'product' then coalesce(c.code, '') when 'account' then coalesce(a.name, '') when 'state' then c.state end as words,
                       case {sort} when 'amount' then coalesce(c.amount, 0) when 'period' then coalesce(lower(c.period) - date '2000-01-01', 0) end as number_of
                from usage.carrier_charge c join usage.cdr_file f using (tenant_id, file_id)
                     left join customers.account a on a.tenant_id = c.tenant_id and a.account_id = c.account_id
                     left join customers.service s on s.tenant_id = c.tenant_id and s.service_id = c.service_id
                     left join usage.carrier_ruling r on r.tenant_id = c.tenant_id and r.ruling_id = c.ruling_id
                where ({filter.State}::text is null or c.state = {filter.State}::text) and ({filter.FileId}::bigint is null or c.file_id = {filter.FileId}::bigint)
                  and ({filter.RulingId}::bigint is null or c.ruling_id = {filter.RulingId}::bigint)
                  and ({month?.From}::date is null or c.period && daterange({month?.From}::date, {month?.To}::date))
                  and ({search}::text is null or concat_ws(' ', case when {filter.SearchesNumbers} then concat_ws(' ', c.subject, c.identity) end, c.code, c.description, a.number, a.name, s.label, f.name, c.carrier) ilike {search}::text)
                  and ({filter.Cause?.Code}::text is null or c.state in ('unallocated', 'bad') and c.carrier = {filter.Cause?.Carrier}::text and c.error_code = {filter.Cause?.Code}::text
                       and coalesce(c.error_subject, '') = {filter.Cause?.Subject}::text and coalesce(c.currency, '') = {filter.Cause?.Currency}::text))
            select file_id, file_name, line, carrier, state, lower(period), upper(period), subject, code, description, quantity, amount, currency, account_id, account_number, account_name, service_id, label,
                   ruling_id, decided_by, why, error_code, error_message, duplicate_of_file, duplicate_of_line, raw
            from found
            order by case when {direction} > 0 then words collate "C" end, case when {direction} < 0 then words collate "C" end desc, number_of * {direction}, file_id * {direction}, line * {direction}
            offset {skip} limit {take}
            """, Read, cancellationToken);
    }

    /// <summary>How many lines these are, and their amounts by currency.</summary>
    public static async Task<ChargeSums> SumAsync(TenantDb db, ChargeFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(filter);
        var (search, month) = Terms(filter);
        var rows = await db.QueryAsync($"""
            select c.state, coalesce(c.currency, ''), count(*), coalesce(sum(c.amount), 0)
            from usage.carrier_charge c join usage.cdr_file f using (tenant_id, file_id)
                 left join customers.account a on a.tenant_id = c.tenant_id and a.account_id = c.account_id
                 left join customers.service s on s.tenant_id = c.tenant_id and s.service_id = c.service_id
            where ({filter.State}::text is null or c.state = {filter.State}::text) and ({filter.FileId}::bigint is null or c.file_id = {filter.FileId}::bigint)
              and ({filter.RulingId}::bigint is null or c.ruling_id = {filter.RulingId}::bigint)
              and ({month?.From}::date is null or c.period && daterange({month?.From}::date, {month?.To}::date))
              and ({search}::text is null or concat_ws(' ', case when {filter.SearchesNumbers} then concat_ws(' ', c.subject, c.identity) end, c.code, c.description, a.number, a.name, s.label, f.name, c.carrier) ilike {search}::text)
            group by 1, 2 order by 2, 1
            """, row => new ChargeSum(row.Text(0), row.Text(1), row.Long(2), row.Decimal(3)), cancellationToken);
        return new ChargeSums(rows);
    }

    /// <summary>One line; null when there is none.</summary>
    public static async Task<CarrierCharge?> FindAsync(TenantDb db, long fileId, long line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            select c.file_id, f.name, c.line, c.carrier, c.state, lower(c.period), upper(c.period), c.subject, c.code, c.description, c.quantity, c.amount, c.currency, c.account_id, a.number, a.name, c.service_id, s.label,
                   c.ruling_id, r.decided_by, r.why, c.error_code, c.error_message, c.duplicate_of_file, c.duplicate_of_line, c.raw
            from usage.carrier_charge c join usage.cdr_file f using (tenant_id, file_id)
                 left join customers.account a on a.tenant_id = c.tenant_id and a.account_id = c.account_id
                 left join customers.service s on s.tenant_id = c.tenant_id and s.service_id = c.service_id
                 left join usage.carrier_ruling r on r.tenant_id = c.tenant_id and r.ruling_id = c.ruling_id
            where c.file_id = {fileId} and c.line = {line}
            """, Read, cancellationToken);
    }

    private static (string? Search, DateInterval? Month) Terms(ChargeFilter filter) => (
        string.IsNullOrWhiteSpace(filter.Search)
            ? null
            : "%" + filter.Search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%",
        filter.Month is { } day ? MonthOf(day) : null);

    /// <summary>The calendar month of a day.</summary>
    public static DateInterval MonthOf(DateOnly day)
    {
        var from = new DateOnly(day.Year, day.Month, 1);
        return new DateInterval(from, from.AddMonths(1));
    }

    private static CarrierCharge Read(Row row) => new(
        row.Long(0), row.Text(1), row.Long(2), row.Text(3), row.Text(4), row.IsNull(5) ? null : new DateInterval(row.Date(5), row.Date(6)), row.MaybeText(7), row.MaybeText(8), row.MaybeText(9), row.Maybe<long?>(10), row.Maybe<decimal?>(11),
        row.MaybeText(12), row.Maybe<long?>(13), row.MaybeText(14), row.MaybeText(15), row.Maybe<long?>(16), row.MaybeText(17), row.Maybe<long?>(18), row.MaybeText(19), row.MaybeText(20), row.MaybeText(21), row.MaybeText(22),
        row.Maybe<long?>(23), row.Maybe<long?>(24), row.Text(25));
}
