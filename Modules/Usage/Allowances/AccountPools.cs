using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Rating.Allowances;
using Billing.Tenancy.Data;

namespace Billing.Usage.Allowances;

/// <summary>What an account's pools hold and what of it is used, and the same of its caps.</summary>
/// <param name="Pools">Allowances: by period, then name, then owner.</param>
/// <param name="Caps">Caps, likewise.</param>
public sealed record AccountPools(IReadOnlyList<PoolBalance> Pools, IReadOnlyList<CapBalance> Caps)
{
    /// <summary>Of an account that has neither.</summary>
    public static AccountPools None { get; } = new([], []);

    // Services without a draw of their own are left out from this many on: nobody reads a list of a thousand untouched pools.
    private const int MostUntouched = 20;

    /// <summary>Those whose period has a day of <paramref name="days"/> in it.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="account">Whose.</param>
    /// <param name="days">The days; with an end.</param>
    /// <param name="before">Only calls that started before this instant count; null for all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<AccountPools> LoadAsync(TenantDb db, AccountId account, DateInterval days, DateTimeOffset? before, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var held = (await HeldAllowances.LoadAsync(db, [account], cancellationToken))[account];
        var services = await db.QueryAsync($"select service_id, label, site_id from customers.service where account_id = {account.Value} order by label", row => (Id: row.Long(0), Label: row.Text(1), Site: row.Maybe<long?>(2)), cancellationToken);
        var sites = (await db.QueryAsync($"select site_id, name from customers.site where account_id = {account.Value}", row => (Id: row.Long(0), Name: row.Text(1)), cancellationToken)).ToDictionary(s => s.Id, s => s.Name);
        var drawn = (await db.QueryAsync($"""
            select source, grant_id, allowance_id, pool, owner_id, lower(period), upper(period), service_id, sum(seconds), sum(messages), sum(bytes), sum(calls), sum(money), sum(amount)
            from usage.draw
            where account_id = {account.Value} and period && daterange({days.From}, {days.To}) and ({before?.UtcDateTime}::timestamptz is null or started_at < {before?.UtcDateTime}::timestamptz)
            group by 1, 2, 3, 4, 5, 6, 7, 8
            """,
            row => (Pool: DrawRows.PoolOf(row, 0), Service: row.Long(7), Units: new AllowanceUnits(row.Decimal(8), row.Decimal(9), row.Decimal(10), row.Decimal(11), row.Decimal(12)), Amount: row.Decimal(13)), cancellationToken))
            .ToLookup(d => d.Pool);
        var labels = services.ToDictionary(s => s.Id, s => s.Label);

        var pools = held.Grants.SelectMany(grant => PeriodsOf(grant.AnchorDay, days).Where(period => grant.Slices.Any(slice => slice.Valid.Overlaps(period))).SelectMany(period =>
            {
                var owners = OwnersOf(grant);
                var keys = owners.Select(owner => new PoolKey(grant.Source, grant.Id, grant.AllowanceId, grant.Allowance.Pool, owner, period.From, period.To!.Value)).ToList();
                return keys.Where(key => drawn.Contains(key) || keys.Count <= MostUntouched).Select(key => BalanceOf(grant, key, period));
            }));
        var caps = held.SpendCaps.Zip(held.Caps).SelectMany(cap => PeriodsOf(cap.First.AnchorDay, days).Where(period => cap.First.Valid.Overlaps(period)).Select(period =>
        {
            var key = new PoolKey(GrantSource.Cap, cap.First.Id, 0, cap.First.Service is null ? AllowancePool.Account : AllowancePool.Service, cap.First.Service ?? account.Value, period.From, period.To!.Value);
            return new CapBalance(key, cap.Second.Cap.Name, cap.First.Service is { } service ? labels[service] : null, cap.First.Limit, drawn[key].Sum(d => d.Units.Money), drawn[key].Sum(d => d.Amount));
        }));
        return new AccountPools(
            [.. pools.OrderBy(p => p.Key.From).ThenBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Key.Grant).ThenBy(p => p.Owner, StringComparer.Ordinal)],
            [.. caps.OrderBy(c => c.Key.From).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Key.Grant)]);

        IEnumerable<long> OwnersOf(AllowanceGrant grant) => grant.Allowance.Pool switch
        {
            AllowancePool.Service => grant.Service is { } service ? [service] : services.Select(s => s.Id),
            AllowancePool.Site => grant.Service is not null ? [grant.Site ?? 0] : services.Select(s => s.Site ?? 0).Distinct(),
            _ => [account.Value],
        };

        PoolBalance BalanceOf(AllowanceGrant grant, PoolKey key, DateInterval period)
        {
            var size = grant.SizeIn(period);
            var parts = drawn[key].ToList();
            return new PoolBalance(key, grant.Allowance.Name,
                key.Pool switch { AllowancePool.Service => labels.GetValueOrDefault(key.Owner), AllowancePool.Site => key.Owner == 0 ? "services at no site" : sites.GetValueOrDefault(key.Owner), _ => null },
                [.. grant.Allowance.Limits.Select(limit => new PoolLevel(limit.Measure, size[limit.Measure], parts.Sum(part => part.Units[limit.Measure])))],
                [.. parts.Select(part => (labels.GetValueOrDefault(part.Service, ""), part.Units, part.Amount)).OrderByDescending(part => part.Amount).ThenBy(part => part.Item1, StringComparer.Ordinal)],
                parts.Sum(part => part.Amount));
        }
    }

    private static IEnumerable<DateInterval> PeriodsOf(int anchorDay, DateInterval days)
    {
        for (var day = days.From; day < days.To;)
        {
            var period = AllowancePeriod.Containing(day, anchorDay);
            yield return period;
            day = period.To!.Value;
        }
    }
}
