using Billing.Abstractions.Values;
using Billing.Tenancy.Data;

namespace Billing.Usage.CarrierCharges;

/// <summary>Finds out again whose charges are, after an owner or a ruling changed. Twice is once.</summary>
public static class ChargeMatching
{
    /// <summary>What it would do to some lines; nothing is changed.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="cause">The lines of this cause; null for every line of every file.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<ChargeMatchOutcome> PreviewAsync(TenantDb db, ChargeCause? cause, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Outcome(await ChangesAsync(db, cause, null, false, cancellationToken));
    }

    /// <summary>Matches again. Lines that were decided about by themselves, duplicates and lines that can't be read stay as they are.</summary>
    /// <param name="db">The tenant; the caller commits.</param>
    /// <param name="cause">The lines of this cause; null for every line of every file.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<ChargeMatchOutcome> RunAsync(TenantDb db, ChargeCause? cause, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.LockAsync(ChargeImport.Lock, cancellationToken);
        return await StoreAsync(db, await ChangesAsync(db, cause, null, false, cancellationToken), cancellationToken);
    }

    /// <summary>The same for what one service or product of a carrier is charged; under the lock already.</summary>
    internal static async Task<ChargeMatchOutcome> OfSubjectAsync(TenantDb db, string carrier, string kind, string subject, CancellationToken cancellationToken) =>
        await StoreAsync(db, await ChangesAsync(db, null, (carrier, kind, subject), false, cancellationToken), cancellationToken);

    /// <summary>The same for what nobody is known for; under the lock already.</summary>
    internal static async Task<ChargeMatchOutcome> OfUnallocatedAsync(TenantDb db, CancellationToken cancellationToken) =>
        await StoreAsync(db, await ChangesAsync(db, null, null, true, cancellationToken), cancellationToken);

    private static ChargeMatchOutcome Outcome(List<Change> changes) => new(changes.Count,
        changes.Count(c => c.Was != ChargeState.Allocated && c.Match.State == ChargeState.Allocated), changes.Where(c => c.Was != ChargeState.Allocated && c.Match.State == ChargeState.Allocated).Sum(c => c.Amount),
        changes.Count(c => c.Was != ChargeState.Unallocated && c.Match.State == ChargeState.Unallocated));

    private static async Task<List<Change>> ChangesAsync(TenantDb db, ChargeCause? cause, (string Carrier, string Kind, string Subject)? about, bool isUnallocatedOnly, CancellationToken cancellationToken)
    {
        var matcher = await ChargeMatcher.LoadAsync(db, cancellationToken);
        var changes = new List<Change>();
        var lines = db.StreamAsync($"""
            select c.file_id, c.line, c.carrier, c.identity, c.number, c.subject, c.code, lower(c.period), upper(c.period), c.amount, c.state, c.account_id, c.service_id, c.ruling_id, c.error_code, c.error_subject, c.error_message
            from usage.carrier_charge c left join usage.carrier_ruling r on r.tenant_id = c.tenant_id and r.ruling_id = c.ruling_id
            where c.is_live and c.state <> 'bad' and (not {isUnallocatedOnly} or c.state = 'unallocated') and (c.ruling_id is null or r.from_on is not null)
              and ({cause?.Code}::text is null or c.state = 'unallocated' and c.carrier = {cause?.Carrier}::text and c.error_code = {cause?.Code}::text and c.error_subject = {cause?.Subject}::text and c.currency = {cause?.Currency}::text)
              and ({about?.Carrier}::text is null or c.carrier = {about?.Carrier}::text and coalesce(c.subject, c.code, '') = {about?.Subject}::text and (c.subject is not null) = ({about?.Kind}::text = {RulingSubject.Service}))
            """, Read, cancellationToken);
        await foreach (var (line, was) in lines)
        {
            var match = matcher.Match(line.Service, line.Period, line.Amount);
            if (match != was) changes.Add(new Change(line.File, line.Line, line.Amount, was.State, match));
        }
        return changes;
    }

    // Few results for many lines: one statement each.
    private static async Task<ChargeMatchOutcome> StoreAsync(TenantDb db, List<Change> changes, CancellationToken cancellationToken)
    {
        foreach (var group in changes.GroupBy(c => c.Match))
        {
            var to = group.Key;
            await db.ExecuteAsync($"""
                update usage.carrier_charge c
                set state = {to.State}, account_id = {to.AccountId}::bigint, service_id = {to.ServiceId}::bigint, ruling_id = {to.RulingId}::bigint,
                    error_code = {to.ErrorCode}::text, error_subject = {to.ErrorSubject}::text, error_message = {to.ErrorMessage}::text
                from unnest({group.Select(c => c.File).ToArray()}, {group.Select(c => c.Line).ToArray()}) u(file_id, line) where c.file_id = u.file_id and c.line = u.line
                """, cancellationToken);
        }
        return Outcome(changes);
    }

    private static ((long File, long Line, CarrierService Service, DateInterval Period, decimal Amount) Line, MatchedCharge Was) Read(Row row) => (
        (row.Long(0), row.Long(1), new CarrierService(row.Text(2), row.MaybeText(3), row.MaybeText(4), row.MaybeText(6), row.MaybeText(5)), new DateInterval(row.Date(7), row.Date(8)), row.Decimal(9)),
        new MatchedCharge(row.Text(10), row.Maybe<long?>(11), row.Maybe<long?>(12), row.Maybe<long?>(13), row.MaybeText(14), row.MaybeText(15), row.MaybeText(16)));

    private sealed record Change(long File, long Line, decimal Amount, string Was, MatchedCharge Match);
}
