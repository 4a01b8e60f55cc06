using Billing.Abstractions.Values;
using Billing.Tenancy.Data;

namespace Billing.Usage.CarrierCharges;

/// <summary>A carrier's charge as a cost: its amount, the days it is for, and whose it is. Duplicates and lines that can't be read are none.</summary>
/// <param name="FileId">Where it stands.</param>
/// <param name="Line">On which line.</param>
/// <param name="Carrier">Who charges.</param>
/// <param name="State">Allocated, unallocated or excluded.</param>
/// <param name="Account">Whose; null where it is not allocated.</param>
/// <param name="Service">For which service; null for the account as a whole.</param>
/// <param name="Code">The carrier's product.</param>
/// <param name="Period">The days it is for.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Amount">Of the whole line, negative for a credit.</param>
/// <param name="Currency">Of the amount.</param>
public sealed record ChargeCost(long FileId, long Line, string Carrier, string State, long? Account, long? Service, string? Code, DateInterval Period, long Quantity, decimal Amount, string Currency)
{
    /// <summary>Those for days of a month.</summary>
    public static async Task<IReadOnlyList<ChargeCost>> LoadAsync(TenantDb db, DateInterval month, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select file_id, line, carrier, state, account_id, service_id, code, lower(period), upper(period), quantity, amount, currency
            from usage.carrier_charge
            where is_live and state in ('allocated', 'unallocated', 'excluded') and period && daterange({month.From}, {month.To}) order by file_id, line
            """, row => new ChargeCost(row.Long(0), row.Long(1), row.Text(2), row.Text(3), row.Maybe<long?>(4), row.Maybe<long?>(5), row.MaybeText(6), new DateInterval(row.Date(7), row.Date(8)), row.Long(9), row.Decimal(10), row.Text(11)), cancellationToken);
    }

    /// <summary>What carriers have charged for before a day, to whom it belongs: each once.</summary>
    public static async Task<IReadOnlyList<(string Carrier, string? Code, long Account, long? Service)>> KnownAsync(TenantDb db, DateOnly before, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select distinct carrier, code, account_id, service_id from usage.carrier_charge where state = 'allocated' and lower(period) < {before}
            """, row => (row.Text(0), row.MaybeText(1), row.Long(2), row.Maybe<long?>(3)), cancellationToken);
    }

    /// <summary>First day of the latest charge that has begun by a day; null where there is none.</summary>
    public static Task<DateOnly?> LatestAsync(TenantDb db, DateOnly by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"select max(lower(period)) from usage.carrier_charge where lower(period) <= {by}", row => row.Maybe<DateOnly?>(0), cancellationToken);
    }
}
