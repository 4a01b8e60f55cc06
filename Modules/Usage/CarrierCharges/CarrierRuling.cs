using Billing.Tenancy.Data;

namespace Billing.Usage.CarrierCharges;

/// <summary>What somebody decided about charges that could not be matched.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Carrier">Whose charges.</param>
/// <param name="SubjectKind"><c>service</c>, <c>product</c> or <c>lines</c>.</param>
/// <param name="Subject">The service or product; of lines, what was wrong with them.</param>
/// <param name="Code">What was wrong when it was decided.</param>
/// <param name="AccountId">Whose they are; null where they are nobody's (excluded).</param>
/// <param name="ServiceId">For which service; null for the account as a whole.</param>
/// <param name="FromOn">Lines whose first day is this one or later; null where it is about some lines and no others.</param>
/// <param name="Why">The reason; empty where none was needed.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record CarrierRuling(
    long Id, string Carrier, string SubjectKind, string Subject, string Code, long? AccountId, long? ServiceId, DateOnly? FromOn, string Why, string By, DateTimeOffset At)
{
    /// <summary>True where it takes charges out.</summary>
    public bool IsExclusion => AccountId is null;

    /// <summary>Those that hold for services and products.</summary>
    internal static Task<List<CarrierRuling>> StandingAsync(TenantDb db, CancellationToken cancellationToken) => db.QueryAsync($"""
        select ruling_id, carrier, subject_kind, subject, error_code, account_id, service_id, from_on, why, decided_by, decided_at from usage.carrier_ruling where from_on is not null
        """, Read, cancellationToken);

    internal static CarrierRuling Read(Row row) => new(row.Long(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Maybe<long?>(5), row.Maybe<long?>(6), row.Maybe<DateOnly?>(7), row.Text(8), row.Text(9), row.Instant(10));
}
