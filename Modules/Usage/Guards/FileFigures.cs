using Billing.Tenancy.Data;

namespace Billing.Usage.Guards;

/// <summary>What a guard compares of a file. All of its lines count, whatever became of them.</summary>
/// <param name="Day">The day that most of its calls started; null where none has a time.</param>
/// <param name="IsMonthly">Months have no weekday.</param>
/// <param name="Lines">Lines of records.</param>
/// <param name="Seconds">Their seconds.</param>
/// <param name="Cost">Their cost, where they say it.</param>
public sealed record FileFigures(DateOnly? Day, bool IsMonthly, long Lines, long Seconds, decimal Cost)
{
    /// <summary>Null where no second was talked.</summary>
    public decimal? CostOfAMinute => Seconds == 0 ? null : Cost * 60 / Seconds;

    /// <summary>A carrier's files of one kind, the latest first; daily ones and those of which nothing is known are one kind.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="carrier">Whose.</param>
    /// <param name="fileId">The file that is looked at, which comes first.</param>
    /// <param name="most">How many at most besides.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static async Task<IReadOnlyList<FileFigures>> LoadAsync(TenantDb db, string carrier, long fileId, int most, CancellationToken cancellationToken) => await db.QueryAsync($"""
        with files as (
            select f.file_id, f.kind from usage.cdr_file f
            where f.carrier = {carrier} and f.file_id <= {fileId}
              and exists (select from usage.cdr_file one where one.tenant_id = f.tenant_id and one.file_id = {fileId} and (one.kind = f.kind or one.kind in ('daily', 'unknown') and f.kind in ('daily', 'unknown')))
            order by f.file_id desc limit {most + 1}),
        days as (
            select t.file_id, t.day, sum(t.calls) as calls, sum(t.lines) as lines, sum(t.seconds) as seconds, sum(t.cost) as cost
            from usage.tally t join files using (file_id) group by t.file_id, t.day)
        select (array_agg(d.day order by d.calls desc, d.day) filter (where d.day is not null and d.calls > 0))[1], f.kind = 'monthly', coalesce(sum(d.lines), 0)::bigint, coalesce(sum(d.seconds), 0)::bigint, coalesce(sum(d.cost), 0)
        from files f left join days d using (file_id) group by f.file_id, f.kind order by f.file_id desc
        """, row => new FileFigures(row.Maybe<DateOnly?>(0), row.Bool(1), row.Long(2), row.Long(3), row.Decimal(4)), cancellationToken);
}
