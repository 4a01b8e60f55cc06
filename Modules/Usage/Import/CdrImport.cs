using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Api.Webhooks;
using Billing.Customers.Services;
using Billing.Rating.RateCards;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.Allowances;
using Billing.Usage.CarrierCharges;
using Billing.Usage.Guards;
using Billing.Usage.Mapping;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Billing.Usage.Register;

namespace Billing.Usage.Import;

/// <summary>
/// Takes a carrier's file in: recognised, read, matched, priced and stored in one transaction, so that a file is in whole or not at all,
/// whatever happens in between. The same bytes are taken once.
/// </summary>
public sealed class CdrImport(Database database, CdrFormatCatalog plugins, TimeProvider clock)
{
    /// <summary>From so many bytes on, some fifty thousand lines, a file's calls get a partition of their own.</summary>
    public const long BigFrom = 5_000_000;

    /// <summary>In whose name it is done.</summary>
    public Actor Actor { get; init; } = Actor.System;

    /// <summary>What a person says of the file.</summary>
    public FileStatement Stated { get; init; } = FileStatement.None;

    /// <summary>Why it may come in although a guard holds it; null asks the guard.</summary>
    public string? ReleasedWhy { get; init; }

    /// <summary>From how many bytes on a file is big; zero or less makes every file one.</summary>
    public long OwnPartFrom { get; init; } = BigFrom;

    /// <summary>Imports a file that is in memory.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="name">The file's name without folder; formats may learn from it.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="formatId">The format, or null to recognise it.</param>
    /// <param name="cancellationToken">Stops the work; nothing is stored then.</param>
    /// <returns>What became of every line; or why the file was refused, in which case nothing of it was stored.</returns>
    public Task<Result<ImportedFile>> ImportAsync(Tenant tenant, string name, ReadOnlyMemory<byte> content, string? formatId, CancellationToken cancellationToken = default) =>
        ImportAsync(tenant, CdrSource.Of(name, content), formatId, null, cancellationToken);

    /// <summary>Imports a file from wherever it is.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="source">The file.</param>
    /// <param name="formatId">The format, or null to recognise it.</param>
    /// <param name="progress">Told now and then how many lines are read.</param>
    /// <param name="cancellationToken">Stops the work; nothing is stored then.</param>
    /// <returns>What became of every line; or why the file was refused, in which case nothing of it was stored.</returns>
    public async Task<Result<ImportedFile>> ImportAsync(Tenant tenant, CdrSource source, string? formatId, IProgress<int>? progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(source);
        var (name, hash) = (source.Name, source.Hash);
        await using var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken);
        if (await FindEarlierAsync(db, name, hash, cancellationToken) is { } known) return known;
        if (source.Bytes == 0) return new Failure("usage.file-empty", $"{name} is empty: there is nothing in it. Ask the carrier to send it again.");
        var formats = await DescribedCarriers.FormatsAsync(db, plugins, cancellationToken);
        if (!(formatId is null ? formats.Recognise(source.Sample) : formats.Find(formatId)).TryGet(out var format, out var refusal)) return refusal;

        // Two imports of one carrier at once could each miss that the other has the same call.
        var carrier = format.Info.Carrier;
        await db.LockAsync("import/" + carrier, cancellationToken);
        if (await FindEarlierAsync(db, name, hash, cancellationToken) is { } known2) return known2;

        var own = format.Describe(source.Sample);
        var facts = Stated.Over(own);
        if (ChargeImport.Contradiction(name, Stated.Kind, own.Kind) is { } contradiction) return contradiction;
        if (facts.Kind == CdrFileKind.Recurring) return await ChargeImport.RunAsync(db, tenant, source, format, facts, progress, clock.GetUtcNow(), cancellationToken);

        var owners = new OwnerIndex(await ServiceList.LoadAssignmentsAsync(db, cancellationToken));
        var pricer = new CallPricer(tenant, owners, await TariffShelf.LoadAsync(db, cancellationToken));

        if (Stated.Kind == CdrFileKind.Monthly && facts.Period?.To is null) return new Failure("usage.no-period", $"{name} does not say which month it covers, and as a monthly file it replaces that month's daily ones. Say which month it is.");
        if (facts.Kind == CdrFileKind.Reconciliation) return await ReconciliationImport.RunAsync(db, source, format, facts, progress, clock.GetUtcNow(), cancellationToken);
        var waiting = await WaitingLines.LoadAsync(db, carrier, format.Info.Id, cancellationToken);
        var file = new CdrFile(name, waiting.Lines);
        if (facts.Expected is { } expected) file.Expect(expected);
        var part = source.Bytes >= OwnPartFrom ? await CallPart.OpenAsync(db, carrier, cancellationToken) : null;
        if (part is null)
            await db.ExecuteAsync($"""
                create temporary table arriving (like usage.call) on commit drop;
                alter table arriving alter tenant_id drop not null, alter file_id drop not null, alter carrier drop not null, alter part drop not null
                """, cancellationToken);
        CdrTally counted;
        var days = new DayTally(tenant);
        // Rows of a part that is as new as its transaction are written as settled ones: nothing has to come back to them.
        await using (var writer = await db.CopyAsync($"copy {part?.Table ?? "arriving"} ({CallRow.Columns}) from stdin (format binary{(part is null ? "" : ", freeze")})", cancellationToken))
        {
            var sink = new ImportSink(format.Info.TimeBase, pricer, writer, waiting, days);
            counted = new CdrTally(progress is null ? sink : new LineProgress(sink, progress, cancellationToken));
            await using var stream = source.Open();
            await ReadingThread.ReadAsync(format, stream, file, counted, cancellationToken);
            if (sink.WholeFile is { } hopeless) return new Failure(hopeless.Code, $"{name}: {hopeless.Message} Nothing of it was stored.");
            if (counted.Compare(file.Expected) is [var disagreement, ..]) return new Failure(disagreement.Code, $"{name}: {disagreement.Message} Nothing of it was stored.");
            await writer.CompleteAsync(cancellationToken);
        }
        if (counted.RecordLines + counted.Errors == 0)
            return new Failure("usage.file-empty", $"{name} holds no record, only {counted.Skipped} line(s) of heading. Ask the carrier whether that is right.");

        var kind = facts.Kind.ToString().ToLowerInvariant();
        var id = await db.ScalarAsync<long>($"""
            insert into usage.cdr_file (file_id, name, hash, bytes, carrier, format, kind, period, lines, lines_skipped, imported_at) overriding system value
            values (coalesce({part?.FileId}::bigint, nextval(pg_get_serial_sequence('usage.cdr_file', 'file_id'))), {name}, {hash}, {source.Bytes}, {carrier}, {format.Info.Id}, {kind}, daterange({facts.Period?.From}::date, {facts.Period?.To}::date),
                    {counted.Lines}, {counted.Skipped}, {clock.GetUtcNow().UtcDateTime})
            returning file_id
            """, cancellationToken);

        var superseded = facts is { Kind: CdrFileKind.Monthly, Period: { } month } ? await SupersedeAsync(db, tenant, id, name, carrier, month, cancellationToken) : 0;
        var marked = part is null ? await StoreAsync(db, tenant, id, carrier, cancellationToken) : await part.SealAsync(db, tenant.LateCallDays, cancellationToken);
        await waiting.SettleAsync(db, id, name, clock.GetUtcNow().UtcDateTime, cancellationToken);
        // What was counted as it came is the count, unless something was marked afterwards.
        var states = await (marked == 0 ? UsageTally.TakeInAsync(db, id, days, cancellationToken) : UsageTally.TakeInAsync(db, id, cancellationToken));
        if (await MonthlyPrecedence.ApplyAsync(db, tenant, carrier, [id], null, clock.GetUtcNow(), cancellationToken) > 0) states = await UsageTally.StatesAsync(db, id, cancellationToken);
        if (states.ContainsKey("error"))
        {
            await ErrorArrivals.TakeInAsync(db, tenant, id, cancellationToken);
            if (await ExclusionRules.ApplyAsync(db, tenant, id, clock.GetUtcNow(), cancellationToken) > 0) states = await UsageTally.StatesAsync(db, id, cancellationToken);
        }
        if (ReleasedWhy is not null) db.Note(new Deed("cdr-file.released", "cdr-file", new { FileId = id }, new { name, Why = ReleasedWhy }));
        else if (await GuardBook.JudgeAsync(db, carrier, id, cancellationToken) is { } strange) return strange with { Message = $"{name} is held. {strange.Message}" };
        await AllowanceDraws.AfterImportAsync(db, tenant, id, superseded > 0, cancellationToken);
        await WebhookBook.RaiseAsync(db, EventKind.CdrFileImported, clock.GetUtcNow(),
            new { FileId = id, Name = name, Carrier = carrier, Format = format.Info.Id, counted.Lines, counted.Skipped, States = states }, cancellationToken);
        await db.CommitAsync(cancellationToken);
        return new ImportedFile(id, name, format.Info.Id, facts.Kind, counted.Lines, counted.Skipped, states, superseded);
    }

    internal static async Task<Failure?> FindEarlierAsync(TenantDb db, string name, string hash, CancellationToken cancellationToken) =>
        await db.FindAsync($"select file_id, name, imported_at from usage.cdr_file where hash = {hash}",
            row => new Failure("usage.file-known", string.Create(CultureInfo.InvariantCulture,
                $"{name} has the same bytes as file {row.Long(0)}, '{row.Text(1)}', imported on {row.Instant(2):yyyy-MM-dd HH:mm} UTC. Nothing was added.")), cancellationToken);

    private static async Task<long> StoreAsync(TenantDb db, Tenant tenant, long id, string carrier, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync($"analyze arriving (line, record_key, started_at, state)", cancellationToken);
        var marked = await db.ScalarAsync<long>($"select usage.mark_known('arriving', {carrier}, 0) + usage.mark_repeated('arriving', {id}) + usage.mark_too_old('arriving', {tenant.LateCallDays})", cancellationToken);
        await db.ExecuteAsync($"""
            insert into usage.call (file_id, carrier, line, lines, state, record_key, raw, started_at, is_time_doubtful, direction, kind, is_answered, seconds, quantity,
                caller, called, circuit, charge_code, description, cost, cost_currency, account_id, service_id, tariff_id, tariff_version, destination, band,
                billable_seconds, charge, error_code, error_subject, error_message, duplicate_of_file, duplicate_of_line)
            select {id}, {carrier}, line, lines, state, record_key, raw, started_at, is_time_doubtful, direction, kind, is_answered, seconds, quantity,
                caller, called, circuit, charge_code, description, cost, cost_currency, account_id, service_id, tariff_id, tariff_version, destination, band,
                billable_seconds, charge, error_code, error_subject, error_message, duplicate_of_file, duplicate_of_line
            from arriving
            """, cancellationToken);
        return marked;
    }

    // Rule C4: the month as the carrier closes it is authoritative, line for line, as long as nothing of it has been billed.
    private async Task<long> SupersedeAsync(TenantDb db, Tenant tenant, long id, string name, string carrier, DateInterval month, CancellationToken cancellationToken)
    {
        var (from, to) = (tenant.StartOf(month.From).UtcDateTime, tenant.StartOf(month.To!.Value).UtcDateTime);
        var replaced = await db.ExecuteAsync($"""
            update usage.call c
            set state = 'duplicate', duplicate_of_file = {id}, duplicate_of_line = a.line, error_code = null, error_subject = null, error_message = null,
                excluded_by = null, excluded_why = null, excluded_at = null, excluded_by_file = null
            from (select record_key, min(line) as line from arriving where record_key is not null group by record_key) a
            where c.carrier = {carrier} and c.record_key = a.record_key and c.invoice_id is null
              -- What an earlier file of the month left out and this one has is in.
              and (c.state in ('open', 'error', 'zero-rated') or c.excluded_by_file is not null)
              and exists (select from usage.cdr_file f where f.tenant_id = c.tenant_id and f.file_id = c.file_id and f.kind in ('daily', 'unknown'))
            """, cancellationToken);
        var left = await db.ExecuteAsync($"""
            update usage.call c
            set state = 'excluded', excluded_by = 'system', excluded_at = {clock.GetUtcNow().UtcDateTime}, excluded_why = {"Not in the carrier's monthly file " + name}, excluded_by_file = {id}, error_code = null, error_subject = null, error_message = null
            where c.carrier = {carrier} and c.record_key is not null and c.invoice_id is null and c.state in ('open', 'error', 'zero-rated')
              and c.started_at >= {from} and c.started_at < {to}
              and exists (select from usage.cdr_file f where f.tenant_id = c.tenant_id and f.file_id = c.file_id and f.kind in ('daily', 'unknown'))
              and not exists (select from arriving a where a.record_key = c.record_key)
            """, cancellationToken);
        return replaced + left;
    }
}
