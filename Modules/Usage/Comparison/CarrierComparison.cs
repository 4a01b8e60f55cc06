using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.Comparison;

/// <summary>Carrier by carrier: a month's calls beside those of the month before (CDR-4). A month that is not over is compared with as many days of the one before.</summary>
/// <param name="Period">The days that are looked at.</param>
/// <param name="Earlier">Those they are compared with.</param>
/// <param name="Carriers">By carrier.</param>
public sealed record CarrierComparison(DateInterval Period, DateInterval Earlier, IReadOnlyList<ComparedCarrier> Carriers)
{
    /// <summary>Compares.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="tenant">Its clock.</param>
    /// <param name="month">Any day of the month; null for that of the newest call.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<CarrierComparison> LoadAsync(TenantDb db, Tenant tenant, DateOnly? month, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        var today = tenant.DayOf(now);
        var any = month ?? await db.FindAsync($"select max(day) from usage.tally where state in ('open', 'billed', 'zero-rated', 'error') and day <= {today}", row => row.Maybe<DateOnly?>(0), cancellationToken) ?? today;
        var (period, earlier) = PeriodsOf(any, today);
        var rows = await db.QueryAsync($"""
            select carrier, is_now, count(*) filter (where lines > 0), coalesce(sum(lines), 0)::bigint, coalesce(sum(errors), 0)::bigint, coalesce(sum(seconds), 0)::bigint, coalesce(sum(cost), 0), coalesce(sum(charge), 0)
            from (select f.carrier, t.file_id, t.day >= {period.From} as is_now, sum(t.lines) as lines, sum(t.lines) filter (where t.state = 'error') as errors, sum(t.seconds) as seconds, sum(t.cost) as cost,
                         sum(t.charge) filter (where t.state in ('open', 'billed', 'zero-rated')) as charge
                  from usage.tally t join usage.cdr_file f using (tenant_id, file_id)
                  where t.state in ('open', 'billed', 'zero-rated', 'error')
                    and (t.day >= {period.From} and t.day < {period.To!.Value} or t.day >= {earlier.From} and t.day < {earlier.To!.Value})
                  group by 1, 2, 3) file
            group by carrier, is_now
            """, row => (Carrier: row.Text(0), IsNow: row.Bool(1), Figures: new CarrierFigures(row.Long(2), row.Long(3), row.Long(4), row.Long(5), row.Decimal(6), row.Decimal(7))), cancellationToken);
        return new CarrierComparison(period, earlier, [.. rows.GroupBy(row => row.Carrier).OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase).Select(group => new ComparedCarrier(
            group.Key, group.FirstOrDefault(row => row.IsNow).Figures ?? CarrierFigures.None, group.FirstOrDefault(row => !row.IsNow).Figures ?? CarrierFigures.None))]);
    }

    internal static (DateInterval Period, DateInterval Earlier) PeriodsOf(DateOnly month, DateOnly today)
    {
        var from = new DateOnly(month.Year, month.Month, 1);
        var (end, before) = (from.AddMonths(1), from.AddMonths(-1));
        if (today < from || today >= end.AddDays(-1)) return (new DateInterval(from, end), new DateInterval(before, from));
        var to = today.AddDays(1);
        var until = before.AddDays(to.DayNumber - from.DayNumber);
        return (new DateInterval(from, to), new DateInterval(before, until < from ? until : from));
    }
}
