using Billing.Abstractions.Values;
using Billing.Tenancy.Data;

namespace Billing.Usage.Trend;

/// <summary>Which days billing runs are about. Calls know nothing of runs.</summary>
public interface IRunPeriods
{
    /// <summary>The latest runs, oldest first: what a run is called, and the days of calls it is the first to bill.</summary>
    Task<IReadOnlyList<(string Label, DateInterval Days)>> LatestAsync(TenantDb db, int most, CancellationToken cancellationToken = default);
}
