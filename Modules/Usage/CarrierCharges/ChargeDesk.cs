using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Usage.CarrierCharges;

/// <summary>
/// Carriers' charges that nobody is known for, by cause (ERR-5). Three ways out: mend what is wrong and match again, say whose they are, or exclude them with a
/// reason. What somebody ruled can be undone: its lines are matched again as if it had not been.
/// </summary>
public static class ChargeDesk
{
    /// <summary>All causes, most money at stake first.</summary>
    public static async Task<IReadOnlyList<ChargeErrorGroup>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select c.carrier, c.error_code, coalesce(c.error_subject, ''), coalesce(c.currency, ''), min(c.error_message), count(*), coalesce(sum(c.amount) filter (where c.amount > 0), 0), coalesce(sum(c.amount) filter (where c.amount < 0), 0),
                   count(*) filter (where c.amount is null), (array_agg(f.name order by c.file_id, c.line))[1], min(c.file_id), (array_agg(c.line order by c.file_id, c.line))[1], min(lower(c.period))
            from usage.carrier_charge c join usage.cdr_file f using (tenant_id, file_id)
            where c.state in ('unallocated', 'bad')
            group by 1, 2, 3, 4
            order by 7 desc, count(*) desc, 2, 3, 1, 4
            """,
            row => new ChargeErrorGroup(new ChargeCause(row.Text(0), row.Text(1), row.Text(2), row.Text(3)), row.Text(4), row.Long(5), row.Decimal(6), row.Decimal(7), row.Long(8), row.Text(9), row.Long(10), row.Long(11),
                row.Maybe<DateOnly?>(12)), cancellationToken);
    }

    /// <summary>One cause by its key; null when it has no lines (any more).</summary>
    public static async Task<ChargeErrorGroup?> FindAsync(TenantDb db, string key, CancellationToken cancellationToken = default) =>
        (await LoadAsync(db, cancellationToken)).FirstOrDefault(group => group.Cause.Key == key);

    /// <summary>Says whose the charges of a cause are, from a day on; lines of later files go the same way.</summary>
    /// <param name="db">The tenant, and who says it; the caller commits.</param>
    /// <param name="cause">The cause.</param>
    /// <param name="account">Whose.</param>
    /// <param name="service">One of the account's services; null for the account as a whole.</param>
    /// <param name="from">Lines whose first day is this one or later.</param>
    /// <param name="at">When it is said.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What it did; <c>charges.not-matchable</c>, <c>charges.no-account</c> or <c>charges.ruled</c> where it can't be.</returns>
    public static async Task<Result<ChargeMatchOutcome>> AllocateAsync(TenantDb db, ChargeCause cause, long account, long? service, DateOnly from, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(cause);
        if (!ChargeError.IsMatching(cause.Code)) return new Failure("charges.not-matchable", "These lines can't be read, so they can't be given to anybody. Ask the carrier for a corrected file, or exclude them.");
        // A service of another account of the same tenant exists, so no foreign key would object.
        if (!await db.ScalarAsync<bool>($"""
            select exists (select from customers.account where account_id = {account}) and ({service}::bigint is null or exists (select from customers.service where service_id = {service}::bigint and account_id = {account}))
            """, cancellationToken))
            return new Failure("charges.no-account", "There is no such account, or the service is not one of its own.") { Field = "accountId" };
        return await RuleAsync(db, cause, account, service, from, "", at, cancellationToken);
    }

    /// <summary>Takes the charges of a cause out, with a reason.</summary>
    /// <param name="db">The tenant, and who decides; the caller commits.</param>
    /// <param name="cause">The cause.</param>
    /// <param name="from">Lines whose first day is this one or later, also in later files; null for the lines that are there now, and no others.</param>
    /// <param name="why">The reason, kept.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Lines excluded; <c>charges.no-reason</c>, <c>charges.not-matchable</c> or <c>charges.ruled</c> where it can't be.</returns>
    public static async Task<Result<int>> ExcludeAsync(TenantDb db, ChargeCause cause, DateOnly? from, string? why, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(cause);
        if (string.IsNullOrWhiteSpace(why)) return new Failure("charges.no-reason", "Say why nobody is charged for them: an auditor will ask.") { Field = "why" };
        if (from is { } day)
        {
            if (!ChargeError.IsMatching(cause.Code)) return new Failure("charges.not-matchable", "Lines that can't be read have nothing in common with those of later files. Exclude those that are here.");
            return (await RuleAsync(db, cause, null, null, day, why.Trim(), at, cancellationToken)).TryGet(out var outcome, out var refused) ? outcome.Changed : refused;
        }
        await db.LockAsync(ChargeImport.Lock, cancellationToken);
        var ruling = await InsertAsync(db, cause, RulingSubject.Lines, cause.Subject, null, null, null, why.Trim(), at, cancellationToken);
        return await db.ExecuteAsync($"""
            update usage.carrier_charge set state = 'excluded', ruling_id = {ruling}
            where state in ('unallocated', 'bad') and carrier = {cause.Carrier} and error_code = {cause.Code} and coalesce(error_subject, '') = {cause.Subject} and coalesce(currency, '') = {cause.Currency}
            """, cancellationToken);
    }

    /// <summary>What people ruled, latest first, with what goes by it now.</summary>
    public static async Task<IReadOnlyList<ChargeRuling>> RulingsAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select r.ruling_id, r.carrier, r.subject_kind, r.subject, r.error_code, r.account_id, r.service_id, r.from_on, r.why, r.decided_by, r.decided_at, a.number, a.name, s.label,
                   (select count(*) from usage.carrier_charge c where c.tenant_id = r.tenant_id and c.ruling_id = r.ruling_id),
                   coalesce((select sum(c.amount) from usage.carrier_charge c where c.tenant_id = r.tenant_id and c.ruling_id = r.ruling_id), 0),
                   (select case when count(distinct c.currency) = 1 then min(c.currency) end from usage.carrier_charge c where c.tenant_id = r.tenant_id and c.ruling_id = r.ruling_id)
            from usage.carrier_ruling r
                 left join customers.account a on a.tenant_id = r.tenant_id and a.account_id = r.account_id
                 left join customers.service s on s.tenant_id = r.tenant_id and s.service_id = r.service_id
            order by r.ruling_id desc
            """, row => new ChargeRuling(CarrierRuling.Read(row), row.MaybeText(11), row.MaybeText(12), row.MaybeText(13), row.Long(14), row.Decimal(15), row.MaybeText(16)), cancellationToken);
    }

    /// <summary>Takes a ruling back: its lines are matched again without it.</summary>
    /// <returns>Lines that are without it now; null where there is no such ruling (any more).</returns>
    public static async Task<int?> UndoAsync(TenantDb db, long rulingId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.LockAsync(ChargeImport.Lock, cancellationToken);
        var ruling = await db.FindAsync($"""
            select ruling_id, carrier, subject_kind, subject, error_code, account_id, service_id, from_on, why, decided_by, decided_at from usage.carrier_ruling where ruling_id = {rulingId}
            """, CarrierRuling.Read, cancellationToken);
        if (ruling is null) return null;
        // What was wrong is kept with the line; of one that was never in error it is what was wrong when it was ruled. Matching says it anew.
        var back = await db.ExecuteAsync($"""
            update usage.carrier_charge c
            set state = case when c.record_key is null then 'bad' else 'unallocated' end, ruling_id = null, account_id = null, service_id = null,
                error_code = coalesce(c.error_code, {ruling.Code}), error_subject = coalesce(c.error_subject, {ruling.Subject}), error_message = coalesce(c.error_message, 'Comes back as a decision was undone.')
            where c.ruling_id = {rulingId}
            """, cancellationToken);
        await db.ExecuteAsync($"delete from usage.carrier_ruling where ruling_id = {rulingId}", cancellationToken);
        if (ChargeError.IsMatching(ruling.Code)) await ChargeMatching.OfSubjectAsync(db, ruling.Carrier, KindOf(ruling.Code), ruling.Subject, cancellationToken);
        db.Note(new Deed("carrier-charges.ruling-undone", "carrier-charge", new { ruling.Carrier, ruling.Subject, ruling.Code }, new { Lines = back, ruling.Why }));
        return back;
    }

    private static async Task<Result<ChargeMatchOutcome>> RuleAsync(TenantDb db, ChargeCause cause, long? account, long? service, DateOnly from, string why, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await db.LockAsync(ChargeImport.Lock, cancellationToken);
        var kind = KindOf(cause.Code);
        var refusal = await db.TryAsync(() => InsertAsync(db, cause, kind, cause.Subject, account, service, from, why, at, cancellationToken), cancellationToken);
        if (refusal is not null) return new Failure("charges.ruled", FormattableString.Invariant($"Somebody decided about '{cause.Subject}' from {from:yyyy-MM-dd} on already. Undo that first, or choose another day."));
        return await ChargeMatching.OfSubjectAsync(db, cause.Carrier, kind, cause.Subject, cancellationToken);
    }

    private static string KindOf(string code) => code == ChargeError.NoService ? RulingSubject.Product : RulingSubject.Service;

    private static Task<long> InsertAsync(
        TenantDb db, ChargeCause cause, string kind, string subject, long? account, long? service, DateOnly? from, string why, DateTimeOffset at, CancellationToken cancellationToken) => db.ScalarAsync<long>($"""
        insert into usage.carrier_ruling (carrier, subject_kind, subject, error_code, outcome, account_id, service_id, from_on, why, decided_by, decided_at)
        values ({cause.Carrier}, {kind}, {subject}, {cause.Code}, {(account is null ? "exclude" : "allocate")}, {account}::bigint, {service}::bigint, {from}::date, {why}, {db.Actor.Name}, {at.UtcDateTime})
        returning ruling_id
        """, cancellationToken);
}
