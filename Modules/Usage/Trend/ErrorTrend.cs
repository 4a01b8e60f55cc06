using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.Trend;

/// <summary>
/// The error rate over time (ERR-7): how many of a thousand lines became an error, by the day of the call, whatever was mended since. From tallies, so it costs
/// the same whatever a month holds.
/// </summary>
public static class ErrorTrend
{
    /// <summary>Most points of a kind; older ones are left out.</summary>
    private const int MostMonths = 13, MostDays = 62, MostRuns = 13, MostFiles = 40;

    /// <summary>Reads it, oldest first; months and days without lines between others are there with zeros.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="tenant">Its clock.</param>
    /// <param name="by">What each point is.</param>
    /// <param name="runs">The runs' days.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<TrendPoint>> LoadAsync(TenantDb db, Tenant tenant, TrendBy by, IRunPeriods runs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(runs);
        if (by == TrendBy.File) return await FilesAsync(db, cancellationToken);
        var lines = await db.QueryAsync($"""
            select coalesce(t.day, (f.imported_at at time zone {tenant.TimeZone.Id})::date), sum(t.lines)::bigint, coalesce(sum(t.lines) filter (where t.state = 'error'), 0)::bigint
            from usage.tally t join usage.cdr_file f using (tenant_id, file_id) where f.kind <> 'reconciliation' group by 1 having sum(t.lines) <> 0 order by 1
            """, row => (Day: row.Date(0), Lines: row.Long(1), Open: row.Long(2)), cancellationToken);
        var arisen = await db.QueryAsync($"select day, error_code, sum(lines)::bigint from usage.error_arisen group by 1, 2 order by 1, 2",
            row => (Day: row.Date(0), Code: row.Text(1), Lines: row.Long(2)), cancellationToken);
        if (lines.Count == 0) return [];
        var (first, last) = (lines[0].Day, lines[^1].Day);
        return [.. (await PeriodsAsync(db, by, first, last, runs, cancellationToken)).Select(period => new TrendPoint(
            period.Label,
            lines.Where(one => period.Days.Contains(one.Day)).Sum(one => one.Lines),
            arisen.Where(one => period.Days.Contains(one.Day)).GroupBy(one => one.Code).ToDictionary(of => of.Key, of => of.Sum(one => one.Lines), StringComparer.Ordinal),
            lines.Where(one => period.Days.Contains(one.Day)).Sum(one => one.Open)))];
    }

    /// <summary>The causes of all points, most errors first.</summary>
    public static IReadOnlyList<string> Codes(IReadOnlyList<TrendPoint> points) =>
        [.. points.SelectMany(point => point.Arisen).GroupBy(one => one.Key).OrderByDescending(of => of.Sum(one => one.Value)).ThenBy(of => of.Key, StringComparer.Ordinal).Select(of => of.Key)];

    private static async Task<IReadOnlyList<(string Label, DateInterval Days)>> PeriodsAsync(TenantDb db, TrendBy by, DateOnly first, DateOnly last, IRunPeriods runs, CancellationToken cancellationToken)
    {
        if (by == TrendBy.Run) return await runs.LatestAsync(db, MostRuns, cancellationToken);
        var periods = new List<(string, DateInterval)>();
        // From the latest back: one call with a date far off makes no hundred empty months.
        var at = by == TrendBy.Month ? new DateOnly(last.Year, last.Month, 1) : last;
        while (periods.Count < (by == TrendBy.Month ? MostMonths : MostDays))
        {
            var end = by == TrendBy.Month ? at.AddMonths(1) : at.AddDays(1);
            periods.Add((at.ToString(by == TrendBy.Month ? "MMM yyyy" : "d MMM yyyy", CultureInfo.InvariantCulture), new DateInterval(at, end)));
            if (at <= first) break;
            at = by == TrendBy.Month ? at.AddMonths(-1) : at.AddDays(-1);
        }
        periods.Reverse();
        return periods;
    }

    private static async Task<IReadOnlyList<TrendPoint>> FilesAsync(TenantDb db, CancellationToken cancellationToken)
    {
        var files = await db.QueryAsync($"""
            select f.file_id, f.name, coalesce(sum(t.lines), 0)::bigint, coalesce(sum(t.lines) filter (where t.state = 'error'), 0)::bigint
            from usage.cdr_file f left join usage.tally t using (tenant_id, file_id) where f.kind <> 'reconciliation' group by 1, 2 order by 1 desc limit {MostFiles}
            """, row => (Id: row.Long(0), Name: row.Text(1), Lines: row.Long(2), Open: row.Long(3)), cancellationToken);
        files.Reverse();
        var arisen = (await db.QueryAsync($"select file_id, error_code, sum(lines)::bigint from usage.error_arisen where file_id = any ({files.Select(file => file.Id).ToArray()}) group by 1, 2",
            row => (File: row.Long(0), Code: row.Text(1), Lines: row.Long(2)), cancellationToken)).ToLookup(one => one.File);
        return [.. files.Select(file => new TrendPoint(file.Name, file.Lines, arisen[file.Id].ToDictionary(one => one.Code, one => one.Lines, StringComparer.Ordinal), file.Open))];
    }
}
