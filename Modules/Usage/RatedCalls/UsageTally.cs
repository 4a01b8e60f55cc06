using Billing.Tenancy.Data;

namespace Billing.Usage.RatedCalls;

/// <summary>
/// What is kept so that nobody has to count calls: lines, time and money by file, day and state. Changes of calls are written down by the
/// database itself, arrivals by the import; see the schema step <c>0003-tallies</c>.
/// </summary>
public static class UsageTally
{
    /// <summary>Takes a file's calls in; once, in the transaction that stored them.</summary>
    /// <returns>The file's lines by state.</returns>
    internal static async Task<IReadOnlyDictionary<string, long>> TakeInAsync(TenantDb db, long fileId, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync($"insert into usage.tally (tenant_id, file_id, day, state, calls, lines, seconds, cost, charge) select * from usage.count_calls({fileId})", cancellationToken);
        return await StatesAsync(db, fileId, cancellationToken);
    }

    /// <summary>The same, with what was counted while they came.</summary>
    internal static async Task<IReadOnlyDictionary<string, long>> TakeInAsync(TenantDb db, long fileId, DayTally counted, CancellationToken cancellationToken)
    {
        var sums = counted.Sums;
        await db.ExecuteAsync($"""
            insert into usage.tally (file_id, day, state, calls, lines, seconds, cost, charge)
            select {fileId}, day, state, calls, lines, seconds, cost, charge
            from unnest({sums.Select(s => s.Day).ToArray()}::date[], {sums.Select(s => s.State).ToArray()}, {sums.Select(s => s.Calls).ToArray()}, {sums.Select(s => s.Lines).ToArray()},
                        {sums.Select(s => s.Seconds).ToArray()}, {sums.Select(s => s.Cost).ToArray()}, {sums.Select(s => s.Charge).ToArray()}) s(day, state, calls, lines, seconds, cost, charge)
            """, cancellationToken);
        return await StatesAsync(db, fileId, cancellationToken);
    }

    /// <summary>A file's lines by state; states without lines are left out.</summary>
    internal static async Task<IReadOnlyDictionary<string, long>> StatesAsync(TenantDb db, long fileId, CancellationToken cancellationToken) =>
        (await db.QueryAsync($"select state, sum(lines)::bigint from usage.tally where file_id = {fileId} group by state having sum(lines) <> 0 order by state",
            row => (State: row.Text(0), Lines: row.Long(1)), cancellationToken)).ToDictionary(s => s.State, s => s.Lines, StringComparer.Ordinal);

    /// <summary>Makes few rows of many, after work that changed many calls. The sums stay what they are, whatever goes on meanwhile.</summary>
    public static Task FoldAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ExecuteAsync($"select usage.fold_tallies()", cancellationToken);
    }

    /// <summary>Counts all calls and compares.</summary>
    /// <returns>The files whose tally is not what is counted; none, unless somebody wrote into the tables by hand.</returns>
    public static async Task<IReadOnlyList<string>> DisagreementsAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select f.name from usage.cdr_file f where f.file_id in (
                select file_id
                from (select file_id, day, state, calls, lines, seconds, cost, charge from usage.tally
                      union all
                      select file_id, day, state, -calls, -lines, -seconds, -cost, -charge from usage.count_calls(null)) t
                group by file_id, day, state
                having sum(calls) <> 0 or sum(lines) <> 0 or sum(seconds) <> 0 or sum(cost) <> 0 or sum(charge) <> 0)
            order by f.file_id
            """, row => row.Text(0), cancellationToken);
    }
}
