using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Api.Webhooks;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.Allowances;
using Billing.Usage.CarrierCharges;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;

namespace Billing.Usage.Register;

/// <summary>
/// Takes a file out of the register again, with all its lines, as if it had never come (C6): what it made duplicates of, left out or joined in other files
/// comes back and is priced by what is in force now. All of it or nothing, and never while one of its lines is on an invoice. The same bytes can come again.
/// </summary>
public static class FileRollback
{
    private const int MostNamed = 5;
    private const string ComingBack = "rating.rollback";

    /// <summary>What it would do, and whether it can be done. Changes nothing.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="invoices">What invoices are called.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<RollbackPlan> PlanAsync(TenantDb db, long fileId, IInvoiceNames invoices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(invoices);
        var lines = await db.ScalarAsync<long>($"select coalesce(sum(lines), 0)::bigint from usage.tally where file_id = {fileId}", cancellationToken);
        var back = await db.ScalarAsync<long>($"""
            select coalesce(sum(lines), 0)::bigint from usage.call
            where file_id <> {fileId} and (state = 'duplicate' and duplicate_of_file = {fileId} or excluded_by_file = {fileId})
            """, cancellationToken);
        back += await ChargeRollback.CountRestoredAsync(db, fileId, cancellationToken);
        return new RollbackPlan(lines, back, await ObstacleAsync(db, fileId, invoices, cancellationToken));
    }

    /// <summary>Takes a file out; the caller commits.</summary>
    /// <param name="db">The tenant, and who wants it.</param>
    /// <param name="tenant">Its clock.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="why">The reason, kept.</param>
    /// <param name="invoices">What invoices are called.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns><c>rollback.not-found</c>, <c>rollback.no-reason</c>, <c>rollback.billed</c> with the invoices, or <c>rollback.joined</c> with the file to take out first.</returns>
    public static async Task<Result<RolledBackFile>> RunAsync(
        TenantDb db, Tenant tenant, long fileId, string? why, IInvoiceNames invoices, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(invoices);
        if (string.IsNullOrWhiteSpace(why)) return new Failure("rollback.no-reason", "Say why the file is taken out: whoever compares the carrier's list with ours will ask.");
        if (await CarrierAsync(db, fileId, cancellationToken) is not { } carrier) return NotFound(fileId);
        // In the order of an import: nobody takes in a file of the carrier meanwhile, and nobody prices or bills a call.
        await db.LockAsync("import/" + carrier, cancellationToken);
        await db.LockAsync("rating", cancellationToken);
        if (await CarrierAsync(db, fileId, cancellationToken) is null) return NotFound(fileId);
        if (await ObstacleAsync(db, fileId, invoices, cancellationToken) is { } obstacle) return obstacle;

        await MarkAsync(db, fileId, carrier, cancellationToken);
        var drawing = await DrawingAsync(db, fileId, cancellationToken);
        await db.ExecuteAsync($"delete from usage.draw where file_id = {fileId}", cancellationToken);
        await db.ExecuteAsync($"delete from usage.call where file_id = {fileId}", cancellationToken);
        var (restored, files) = await RestoreAsync(db, fileId, cancellationToken);
        restored += await ChargeRollback.RunAsync(db, fileId, cancellationToken);
        if (files.Length > 0) await JudgeAsync(db, tenant, fileId, carrier, files, now, cancellationToken);
        await RedrawAsync(db, tenant, drawing, cancellationToken);
        await db.ExecuteAsync($"delete from usage.tally where file_id = {fileId}", cancellationToken);
        await db.ExecuteAsync($"delete from usage.error_arisen where file_id = {fileId}", cancellationToken);
        await db.ExecuteAsync($"""
            update usage.upload set state = 'rolled-back', file_id = null, dropped_by = {db.Actor.Name}, dropped_why = {why.Trim()} where file_id = {fileId}
            """, cancellationToken);
        await db.ExecuteAsync($"""
            insert into usage.file_rollback (file_id, name, hash, bytes, carrier, format, kind, period, lines, imported_at, lines_restored, rolled_back_at, rolled_back_by, why)
            select file_id, name, hash, bytes, carrier, format, kind, period, lines, imported_at, {restored}, {now.UtcDateTime}, {db.Actor.Name}, {why.Trim()} from usage.cdr_file where file_id = {fileId}
            """, cancellationToken);
        await db.ExecuteAsync($"delete from usage.cdr_file where file_id = {fileId}", cancellationToken);
        await UsageTally.FoldAsync(db, cancellationToken);
        var gone = (await RolledBackFile.FindAsync(db, fileId, cancellationToken))!;
        db.Note(new Deed("cdr-file.rolled-back", "cdr-file", new { FileId = fileId }, new { gone.Name, gone.Hash, gone.Carrier, gone.Lines, gone.LinesRestored, gone.Why }));
        await WebhookBook.RaiseAsync(db, EventKind.CdrFileRolledBack, now, new { gone.FileId, gone.Name, gone.Carrier, gone.Lines, gone.LinesRestored, gone.By, gone.Why }, cancellationToken);
        return gone;
    }

    private static async Task<Failure?> ObstacleAsync(TenantDb db, long fileId, IInvoiceNames invoices, CancellationToken cancellationToken)
    {
        var billed = await db.QueryAsync($"select invoice_id, count(*) from usage.call where file_id = {fileId} and invoice_id is not null group by invoice_id order by invoice_id", row => (Invoice: row.Long(0), Calls: row.Long(1)), cancellationToken);
        if (billed.Count > 0)
        {
            var names = await invoices.OfAsync(db, [.. billed.Take(MostNamed).Select(one => one.Invoice)], cancellationToken);
            var more = billed.Count > names.Count ? string.Create(CultureInfo.InvariantCulture, $" and {billed.Count - names.Count:N0} more") : "";
            return new Failure("rollback.billed", string.Create(CultureInfo.InvariantCulture,
                $"{billed.Sum(one => one.Calls):N0} of its calls are on invoices: {string.Join(", ", names)}{more}. What is billed stays; put it right with a credit note."));
        }
        if (await db.ScalarAsync<long>($"select count(*) from usage.call where file_id = {fileId} and state in ('billed', 'covered')", cancellationToken) is > 0 and var settled)
            return new Failure("rollback.billed", string.Create(CultureInfo.InvariantCulture, $"{settled:N0} of its calls are settled by a billing run. What is settled stays; put it right with a credit note."));
        return await db.FindAsync($"""
            select c.line, f.file_id, f.name from usage.call c join usage.cdr_file f on f.tenant_id = c.tenant_id and f.file_id = c.excluded_by_file
            where c.file_id = {fileId} and c.excluded_by_file is not null and c.excluded_by = 'system' and c.excluded_why like 'Part of the call %' order by f.file_id desc, c.line limit 1
            """,
            row => new Failure("rollback.joined", string.Create(CultureInfo.InvariantCulture, $"Line {row.Long(0)} of it is part of a call that stands in '{row.Text(2)}' (file {row.Long(1)}). Take that file out first; both can be imported again.")),
            cancellationToken);
    }

    // What other files' lines are to be once the file is gone. Where the file's own line was a duplicate, the line that counts is another one's anyway; where
    // it counted, the month's file comes before daily ones and an earlier one before a later, as when they came.
    private static async Task MarkAsync(TenantDb db, long fileId, string carrier, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync($"""
            update usage.call c set duplicate_of_file = l.file_id, duplicate_of_line = l.line
            from usage.call l
            where c.state = 'duplicate' and c.duplicate_of_file = {fileId} and c.file_id <> {fileId}
              and l.carrier = {carrier} and l.record_key = c.record_key and l.state <> 'duplicate' and l.file_id <> {fileId}
            """, cancellationToken);
        await db.ExecuteAsync($"""
            create temporary table coming_back on commit drop as
            select c.file_id, c.line, first_value(c.file_id) over w as live_file, first_value(c.line) over w as live_line, false as is_joined
            from usage.call c join usage.cdr_file f using (tenant_id, file_id)
            where c.state = 'duplicate' and c.duplicate_of_file = {fileId} and c.file_id <> {fileId}
            window w as (partition by c.record_key order by f.kind = 'monthly' and lower(f.period) is not null desc, c.file_id, c.line)
            union all
            select c.file_id, c.line, c.file_id, c.line, c.excluded_why like 'Part of the call %' from usage.call c where c.excluded_by_file = {fileId} and c.file_id <> {fileId}
            """, cancellationToken);
        await db.ExecuteAsync($"analyze coming_back", cancellationToken);
    }

    private static async Task<(long Lines, long[] Files)> RestoreAsync(TenantDb db, long fileId, CancellationToken cancellationToken)
    {
        var subject = SubjectOf(fileId);
        await db.ExecuteAsync($"""
            update usage.call c set duplicate_of_file = b.live_file, duplicate_of_line = b.live_line
            from coming_back b where c.file_id = b.file_id and c.line = b.line and (b.file_id, b.line) <> (b.live_file, b.live_line)
            """, cancellationToken);
        // Priced again below; until then they stand among the errors. One that was not answered has no price.
        await db.ExecuteAsync($"""
            update usage.call c
            set state = case when c.is_answered or b.is_joined then 'error' else 'zero-rated' end,
                error_code = case when b.is_joined then coalesce(c.excluded_error_code, {CdrProblemCode.Incomplete}) when c.is_answered then {ComingBack} end,
                error_subject = case when b.is_joined then c.excluded_error_subject when c.is_answered then {subject} end,
                error_message = case when b.is_joined then coalesce(c.excluded_error_message, 'Part of a call whose other parts have not come.') when c.is_answered then 'Comes back with the rollback of a file.' end,
                duplicate_of_file = null, duplicate_of_line = null, excluded_by = null, excluded_why = null, excluded_at = null, excluded_by_file = null,
                excluded_error_code = null, excluded_error_subject = null, excluded_error_message = null
            from coming_back b where c.file_id = b.file_id and c.line = b.line and (b.file_id, b.line) = (b.live_file, b.live_line)
            """, cancellationToken);
        var files = await db.QueryAsync($"""
            select b.file_id, sum(c.lines)::bigint from coming_back b join usage.call c on c.file_id = b.file_id and c.line = b.line
            where (b.file_id, b.line) = (b.live_file, b.live_line) group by b.file_id order by b.file_id
            """, row => (File: row.Long(0), Lines: row.Long(1)), cancellationToken);
        await db.ExecuteAsync($"drop table coming_back", cancellationToken);
        return (files.Sum(one => one.Lines), [.. files.Select(one => one.File)]);
    }

    // As the import judges: another month's file may still leave them out; a call that is too old for its file is one again; the others get their price.
    private static async Task JudgeAsync(TenantDb db, Tenant tenant, long fileId, string carrier, long[] files, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await MonthlyPrecedence.ApplyAsync(db, tenant, carrier, files, fileId, now, cancellationToken);
        await Rerating.RunAsync(db, tenant, new ErrorCause(ComingBack, SubjectOf(fileId)), null, cancellationToken);
        await db.ExecuteAsync($"""
            update usage.call c
            set state = 'error', error_code = 'usage.too-old', error_subject = to_char(c.started_at at time zone 'UTC', 'YYYY-MM'),
                error_message = 'The call is more than ' || {tenant.LateCallDays} || ' days older than the newest one of its file. Exclude it, or raise the tenant''s limit for late calls.'
            from (select file_id, max(started_at) as newest from usage.call where file_id = any ({files}) and (state <> 'duplicate' or duplicate_of_file > file_id) group by file_id) n
            where c.file_id = n.file_id and c.state in ('open', 'error') and c.error_code is distinct from 'usage.too-old' and c.started_at < n.newest - make_interval(days => {tenant.LateCallDays})
            """, cancellationToken);
    }

    // Accounts whose allowances or caps its calls drew on, or would have: each with the earliest call that goes.
    private static async Task<Dictionary<AccountId, DateTimeOffset?>> DrawingAsync(TenantDb db, long fileId, CancellationToken cancellationToken)
    {
        var holders = await HeldAllowances.HoldersAsync(db, cancellationToken);
        if (holders.Count == 0) return [];
        var going = await db.QueryAsync($"select account_id, min(started_at) from usage.call where file_id = {fileId} and state = 'open' group by account_id",
            row => (Account: new AccountId(row.Long(0)), From: (DateTimeOffset?)row.Instant(1)), cancellationToken);
        return going.Where(one => holders.Contains(one.Account)).ToDictionary(one => one.Account, one => one.From);
    }

    // What others drew for calls that do not count any more comes back, and what the file's own calls drew is there for the calls after them.
    private static async Task RedrawAsync(TenantDb db, Tenant tenant, Dictionary<AccountId, DateTimeOffset?> drawing, CancellationToken cancellationToken)
    {
        var stale = await db.QueryAsync($"""
            select d.account_id, min(d.started_at) from usage.draw d
            where not d.is_settled and not exists (select from usage.call c where c.tenant_id = d.tenant_id and c.file_id = d.file_id and c.line = d.line and c.state = 'open')
            group by d.account_id
            """, row => (Account: new AccountId(row.Long(0)), From: (DateTimeOffset?)row.Instant(1)), cancellationToken);
        foreach (var (account, from) in stale)
            if (!(drawing.TryGetValue(account, out var earliest) && earliest <= from)) drawing[account] = from;
        if (drawing.Count > 0) await AllowanceDraws.RedrawAsync(db, tenant, drawing, cancellationToken);
    }

    private static Task<string?> CarrierAsync(TenantDb db, long fileId, CancellationToken cancellationToken) =>
        db.FindAsync($"select carrier from usage.cdr_file where file_id = {fileId}", row => row.Text(0), cancellationToken);

    private static string SubjectOf(long fileId) => string.Create(CultureInfo.InvariantCulture, $"file {fileId}");

    private static Failure NotFound(long fileId) => new("rollback.not-found", string.Create(CultureInfo.InvariantCulture, $"There is no CDR file {fileId}."));
}
