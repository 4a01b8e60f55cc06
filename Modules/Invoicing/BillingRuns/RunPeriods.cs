using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Usage.Trend;

namespace Billing.Invoicing.BillingRuns;

/// <summary>The days whose calls each run is the first to bill: from the day after the run before it to its cutoff.</summary>
internal sealed class RunPeriods : IRunPeriods
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<(string Label, DateInterval Days)>> LatestAsync(TenantDb db, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var runs = await db.QueryAsync($"select run_id, cutoff_on from invoicing.billing_run where status <> 'cancelled' order by cutoff_on, run_id", row => (Id: row.Long(0), CutoffOn: row.Date(1)), cancellationToken);
        var periods = new List<(string, DateInterval)>();
        var from = DateOnly.MinValue;
        foreach (var (id, cutoff) in runs)
        {
            var end = cutoff.AddDays(1);
            // A second run to the same day bills what came late: it is the first to bill no day at all.
            periods.Add((string.Create(CultureInfo.InvariantCulture, $"Run {id}, to {cutoff:d MMM yyyy}"), new DateInterval(from, end < from ? from : end)));
            if (end > from) from = end;
        }
        return [.. periods.TakeLast(most)];
    }
}
