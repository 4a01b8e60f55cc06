using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Customers.Services;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.Allowances;
using Billing.Usage.Matching;

namespace Billing.Usage.RatedCalls;

/// <summary>
/// Prices again what is not billed yet, under the tariffs and owners of now. The same data twice gives the same prices; what is
/// billed, excluded or a duplicate is never touched.
/// </summary>
public static class Rerating
{
    /// <summary>Prices every open call, and every error that matching or rating caused, again.</summary>
    /// <param name="db">The tenant; committed by the caller.</param>
    /// <param name="tenant">Its clock.</param>
    /// <param name="onlyErrors">True to leave calls that have a price as they are.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<RerateOutcome> RunAsync(TenantDb db, Tenant tenant, bool onlyErrors, CancellationToken cancellationToken = default) =>
        RunAsync(db, tenant, onlyErrors, null, null, null, cancellationToken);

    /// <summary>Prices the calls of one cause again.</summary>
    /// <param name="db">The tenant; committed by the caller, or not, for then it was a preview.</param>
    /// <param name="tenant">Its clock.</param>
    /// <param name="cause">Which.</param>
    /// <param name="progress">Told now and then how many calls are priced.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<RerateOutcome> RunAsync(TenantDb db, Tenant tenant, ErrorCause cause, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return RunAsync(db, tenant, true, cause, null, progress, cancellationToken);
    }

    /// <summary>Prices the errors and some calls that have a price again: what gave them their price is taken back, so they may become the errors they were.</summary>
    internal static Task<RerateOutcome> RunAsync(TenantDb db, Tenant tenant, PricedCalls priced, CancellationToken cancellationToken) =>
        RunAsync(db, tenant, true, null, priced, null, cancellationToken);

    private static async Task<RerateOutcome> RunAsync(
        TenantDb db, Tenant tenant, bool onlyErrors, ErrorCause? cause, PricedCalls? priced, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        // Nobody may claim a call for an invoice while its price is being computed.
        await db.LockAsync("rating", cancellationToken);
        // A call's price is computed without what allowances take off it; that is drawn for again at the end, so nothing is drawn twice (rule R12).
        var holders = await HeldAllowances.HoldersAsync(db, cancellationToken);
        var coveredBefore = onlyErrors && priced is null ? 0 : await AllowanceDraws.ReleaseAsync(db, holders, cancellationToken);
        var pricer = new CallPricer(tenant, new OwnerIndex(await ServiceList.LoadAssignmentsAsync(db, cancellationToken)), await TariffShelf.LoadAsync(db, cancellationToken));
        var calls = await db.QueryAsync($"""
            select file_id, line, started_at, direction, caller, called, circuit, seconds, charge_code, cost, cost_currency, charge, error_code, error_subject,
                   kind, quantity, part
            from usage.call
            where is_answered and ((state = 'error' and (error_code like 'rating.%' or error_code in ('usage.unassigned', 'usage.not-owned-on-day')))
                                   or (state = 'open' and (not {onlyErrors} or (tariff_id = {priced?.TariffId} and tariff_version >= {priced?.TariffVersion})
                                       or (service_id = any ({priced?.Services ?? []}) and ({priced?.Parties}::text[] is null or array[circuit, caller, called] && {priced?.Parties}::text[])))))
              and ({cause?.Code}::text is null or (error_code = {cause?.Code} and coalesce(error_subject, '') = {cause?.Subject}))
            order by file_id, line
            for update
            """,
            row => (File: row.Long(0), Line: row.Long(1), Part: row.Int(16), Before: row.Maybe<decimal?>(11), ErrorBefore: row.MaybeText(12), SubjectBefore: row.MaybeText(13), Facts: new CallFacts(
                row.Instant(2), row.Text(3) == "out" ? CallDirection.Out : CallDirection.In, row.MaybeText(4), row.MaybeText(5), row.MaybeText(6), row.Int(7), row.MaybeText(8),
                row.Maybe<decimal?>(9), row.MaybeText(10) is { } currency ? Currency.Of(currency) : default)
                {
                    Kind = row.MaybeText(14) switch { "sms" => CdrKind.Sms, "data" => CdrKind.Data, _ => CdrKind.Voice },
                    Quantity = row.Maybe<long?>(15) ?? 0,
                }),
            cancellationToken);

        await db.ExecuteAsync($"""
            create temporary table repriced (part int, file_id bigint, line bigint, state text, account_id bigint, service_id bigint, tariff_id bigint, tariff_version int,
                destination text, band text, billable_seconds int, charge numeric, error_code text, error_subject text, error_message text) on commit drop
            """, cancellationToken);
        var (cleared, stillFailing, changed, difference, worth, moved, done) = (0, 0, 0, 0m, 0m, 0, 0);
        var arisen = new List<ArisenError>();
        var touched = new Dictionary<AccountId, DateTimeOffset?>();
        if (priced is not null) foreach (var holder in holders) touched[holder] = null;
        await using (var writer = await db.CopyAsync("copy repriced from stdin (format binary)", cancellationToken))
        {
            foreach (var call in calls)
            {
                var price = pricer.Price(call.Facts);
                if (++done % 1000 == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(done);
                }
                if (price.Error is null && call.ErrorBefore is not null)
                {
                    cleared++;
                    worth += price.Charge;
                }
                if (price.Error is { } error && call.ErrorBefore is not null && (error.Code, error.Subject) != (call.ErrorBefore, call.SubjectBefore ?? "")) moved++;
                if (price.Error is not null) stillFailing++;
                if (price.Error is { } fresh && call.ErrorBefore is null) arisen.Add(new ArisenError(call.File, tenant.DayOf(call.Facts.StartedAt), fresh.Code));
                if (price.Error is null && call.Before is { } before && before != price.Charge)
                {
                    changed++;
                    difference += price.Charge - before;
                }
                if (price.Owner is { } owner && holders.Contains(owner.Account) && price.Error is null && !(touched.TryGetValue(owner.Account, out var earliest) && (earliest is null || earliest <= call.Facts.StartedAt)))
                    touched[owner.Account] = call.Facts.StartedAt;
                Write(writer, call.Part, call.File, call.Line, price);
            }
            await writer.CompleteAsync(cancellationToken);
        }
        await db.ExecuteAsync($"""
            update usage.call c
            set state = r.state, account_id = r.account_id, service_id = r.service_id, tariff_id = r.tariff_id, tariff_version = r.tariff_version,
                destination = r.destination, band = r.band, billable_seconds = r.billable_seconds, charge = r.charge,
                error_code = r.error_code, error_subject = r.error_subject, error_message = r.error_message
            from repriced r where c.part = r.part and c.file_id = r.file_id and c.line = r.line
            """, cancellationToken);
        await db.ExecuteAsync($"drop table repriced", cancellationToken);
        var covered = await AllowanceDraws.RedrawAsync(db, tenant, holders, touched, cancellationToken) - coveredBefore;
        if (onlyErrors) worth -= covered;
        else difference -= covered;
        await UsageTally.FoldAsync(db, cancellationToken);
        // What comes back when something is undone was counted when it first was an error.
        if (priced is null) await ErrorArrivals.AddAsync(db, arisen, cancellationToken);
        return new RerateOutcome(calls.Count, cleared, stillFailing, changed, difference, worth, moved) { Arisen = arisen.Count };
    }

    private static void Write(BulkWriter writer, int part, long file, long line, PricedCall price)
    {
        writer.StartRow();
        writer.Int(part);
        writer.Long(file);
        writer.Long(line);
        writer.Text(price.Error is null ? "open" : "error");
        writer.Long(price.Owner?.Account.Value);
        writer.Long(price.Owner?.Service.Value);
        writer.Long(price.TariffId);
        writer.Int(price.TariffVersion);
        writer.Text(price.Destination);
        writer.Text(price.Band);
        writer.Int(price.BillableSeconds);
        writer.Decimal(price.Error is null ? price.Charge : null);
        writer.Text(price.Error?.Code);
        writer.Text(price.Error?.Subject);
        writer.Text(price.Error?.Message);
    }
}
