using Billing.Tenancy.Data;

namespace Billing.Invoicing.Invoices;

/// <summary>The register of posted invoices in figures.</summary>
/// <param name="Invoices">How many there are.</param>
/// <param name="Gross">What they come to.</param>
/// <param name="IsGapless">Whether each series counts from one without a gap.</param>
/// <param name="First">The first one's number; null where there is none.</param>
/// <param name="Last">The last one's.</param>
public sealed record RegisterFigures(long Invoices, decimal Gross, bool IsGapless, string? First, string? Last)
{
    /// <summary>Adds it up.</summary>
    public static async Task<RegisterFigures> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (await db.FindAsync($"""
            with series as (
                select series, count(*) as invoices, sum(gross) as gross, min(sequence) = 1 and max(sequence) = count(*) and count(distinct sequence) = count(*) as gapless
                from invoicing.invoice group by series)
            select coalesce(sum(invoices), 0)::bigint, coalesce(sum(gross), 0), coalesce(bool_and(gapless), true),
                   (select number from invoicing.invoice order by series, sequence limit 1), (select number from invoicing.invoice order by series desc, sequence desc limit 1)
            from series
            """, row => new RegisterFigures(row.Long(0), row.Decimal(1), row.Bool(2), row.MaybeText(3), row.MaybeText(4)), cancellationToken))!;
    }
}
