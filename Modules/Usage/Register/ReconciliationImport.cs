using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Api.Webhooks;
using Billing.Tenancy.Data;
using Billing.Usage.Import;
using Billing.Usage.RatedCalls;

namespace Billing.Usage.Register;

/// <summary>
/// Takes in a file that is there to be compared and not to be billed. Its lines are kept beside those of other files, each excluded with that reason, so that
/// they balance and can be looked at; no owner is looked for, no price, and none is a duplicate of anything.
/// </summary>
internal static class ReconciliationImport
{
    /// <summary>Reads and stores it; commits.</summary>
    public static async Task<Result<ImportedFile>> RunAsync(TenantDb db, CdrSource source, ICdrFormat format, CdrFileFacts facts, IProgress<int>? progress, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (name, carrier) = (source.Name, format.Info.Carrier);
        await db.ExecuteAsync($"create temporary table compared (like usage.call) on commit drop", cancellationToken);
        await db.ExecuteAsync($"""
            alter table compared alter tenant_id drop not null, alter file_id drop not null, alter carrier drop not null, alter state drop not null, alter part drop not null
            """, cancellationToken);
        var file = new CdrFile(name);
        if (facts.Expected is { } expected) file.Expect(expected);
        CdrTally counted;
        await using (var writer = await db.CopyAsync($"copy compared ({ComparedSink.Columns}) from stdin (format binary)", cancellationToken))
        {
            var sink = new ComparedSink(format.Info.TimeBase, writer);
            counted = new CdrTally(progress is null ? sink : new LineProgress(sink, progress, cancellationToken));
            await using var stream = source.Open();
            await ReadingThread.ReadAsync(format, stream, file, counted, cancellationToken);
            if (sink.WholeFile is { } hopeless) return new Failure(hopeless.Code, $"{name}: {hopeless.Message} Nothing of it was stored.");
            if (counted.Compare(file.Expected) is [var disagreement, ..]) return new Failure(disagreement.Code, $"{name}: {disagreement.Message} Nothing of it was stored.");
            await writer.CompleteAsync(cancellationToken);
        }
        if (counted.RecordLines + counted.Errors == 0)
            return new Failure("usage.file-empty", $"{name} holds no record, only {counted.Skipped} line(s) of heading. Ask the carrier whether that is right.");

        var id = await db.ScalarAsync<long>($"""
            insert into usage.cdr_file (name, hash, bytes, carrier, format, kind, period, lines, lines_skipped, imported_at)
            values ({name}, {source.Hash}, {source.Bytes}, {carrier}, {format.Info.Id}, 'reconciliation', daterange({facts.Period?.From}::date, {facts.Period?.To}::date),
                    {counted.Lines}, {counted.Skipped}, {now.UtcDateTime})
            returning file_id
            """, cancellationToken);
        await db.ExecuteAsync($"""
            insert into usage.call (file_id, carrier, state, line, lines, compared_key, raw, started_at, is_time_doubtful, direction, kind, is_answered, seconds, quantity,
                caller, called, circuit, charge_code, description, cost, cost_currency, excluded_why, excluded_by, excluded_at)
            select {id}, {carrier}, 'excluded', line, lines, compared_key, raw, started_at, is_time_doubtful, direction, kind, is_answered, seconds, quantity,
                caller, called, circuit, charge_code, description, cost, cost_currency, excluded_why, 'system', {now.UtcDateTime}
            from compared
            """, cancellationToken);
        var states = await UsageTally.TakeInAsync(db, id, cancellationToken);
        await WebhookBook.RaiseAsync(db, EventKind.CdrFileImported, now,
            new { FileId = id, Name = name, Carrier = carrier, Format = format.Info.Id, counted.Lines, counted.Skipped, States = states }, cancellationToken);
        await db.CommitAsync(cancellationToken);
        return new ImportedFile(id, name, format.Info.Id, CdrFileKind.Reconciliation, counted.Lines, counted.Skipped, states, 0);
    }
}
