using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Api.Webhooks;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.Import;
using Billing.Usage.RatedCalls;

namespace Billing.Usage.CarrierCharges;

/// <summary>Takes in a file of recurring charges: read, matched and stored in the import's one transaction, so that it is in whole or not at all.</summary>
internal static class ChargeImport
{
    /// <summary>The lock of everything that decides whose charges are.</summary>
    internal const string Lock = "carrier-charges";

    /// <summary>Whether what a person says a file is and what its format reads can both be; null where they can.</summary>
    public static Failure? Contradiction(string name, CdrFileKind stated, CdrFileKind read) =>
        read == CdrFileKind.Recurring && stated is not (CdrFileKind.Unknown or CdrFileKind.Recurring)
            ? new Failure("usage.other-kind", $"{name} lists recurring charges and no calls, so it can't be taken in as a {stated.ToString().ToLowerInvariant()} file. Leave out what kind it is.")
            : stated == CdrFileKind.Recurring && read != CdrFileKind.Recurring
                ? new Failure("usage.other-kind", $"{name} is said to list recurring charges, and its format reads calls. Choose the carrier's format for recurring charges, or describe it (CDRs, Carriers).")
                : null;

    /// <summary>Reads and stores it; commits.</summary>
    public static async Task<Result<ImportedFile>> RunAsync(TenantDb db, Tenant tenant, CdrSource source, ICdrFormat format, CdrFileFacts facts, IProgress<int>? progress, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (name, carrier) = (source.Name, format.Info.Carrier);
        await db.LockAsync(Lock, cancellationToken);
        await db.ExecuteAsync($"""
            create temporary table arriving_charge (line bigint, lines int, state text, record_key uuid, raw text, first_at timestamptz, end_at timestamptz, identity text, number text, subject text,
                code text, description text, quantity bigint, amount numeric(18, 6), currency text, account_id bigint, service_id bigint, ruling_id bigint,
                error_code text, error_subject text, error_message text, duplicate_of_file bigint, duplicate_of_line bigint) on commit drop
            """, cancellationToken);
        var file = new CdrFile(name);
        if (facts.Expected is { } expected) file.Expect(expected);
        // Before the copy begins: until it is over the connection answers nothing else.
        var matcher = await ChargeMatcher.LoadAsync(db, cancellationToken);
        CdrTally counted;
        DateInterval? days;
        await using (var writer = await db.CopyAsync($"copy arriving_charge ({ChargeSink.Columns}) from stdin (format binary)", cancellationToken))
        {
            var sink = new ChargeSink(carrier, tenant.Currency, matcher, writer);
            counted = new CdrTally(progress is null ? sink : new LineProgress(sink, progress, cancellationToken));
            await using var stream = source.Open();
            await ReadingThread.ReadAsync(format, stream, file, counted, cancellationToken);
            if (sink.WholeFile is { } hopeless) return new Failure(hopeless.Code, $"{name}: {hopeless.Message} Nothing of it was stored.");
            if (counted.Compare(file.Expected) is [var disagreement, ..]) return new Failure(disagreement.Code, $"{name}: {disagreement.Message} Nothing of it was stored.");
            await writer.CompleteAsync(cancellationToken);
            days = sink.Period;
        }
        if (counted.RecordLines + counted.Errors == 0)
            return new Failure("usage.file-empty", $"{name} holds no charge, only {counted.Skipped} line(s) of heading. Ask the carrier whether that is right.");

        var period = facts.Period ?? days;
        var id = await db.ScalarAsync<long>($"""
            insert into usage.cdr_file (name, hash, bytes, carrier, format, kind, period, lines, lines_skipped, imported_at)
            values ({name}, {source.Hash}, {source.Bytes}, {carrier}, {format.Info.Id}, 'recurring', daterange({period?.From}::date, {period?.To}::date), {counted.Lines}, {counted.Skipped}, {now.UtcDateTime})
            returning file_id
            """, cancellationToken);
        // What came in an earlier file counts there. Within a file equal lines have different keys.
        await db.ExecuteAsync($"""
            update arriving_charge a set state = 'duplicate', duplicate_of_file = c.file_id, duplicate_of_line = c.line, account_id = null, service_id = null, ruling_id = null, error_code = null, error_subject = null, error_message = null
            from usage.carrier_charge c where c.carrier = {carrier} and c.record_key = a.record_key and c.is_live
            """, cancellationToken);
        // With a record id the carrier itself says that two lines of a file are one.
        await db.ExecuteAsync($"""
            update arriving_charge a set state = 'duplicate', duplicate_of_file = {id}, duplicate_of_line = f.line, account_id = null, service_id = null, ruling_id = null, error_code = null, error_subject = null, error_message = null
            from (select record_key, min(line) as line from arriving_charge where record_key is not null and state <> 'duplicate' group by record_key having count(*) > 1) f
            where a.record_key = f.record_key and a.line > f.line
            """, cancellationToken);
        await db.ExecuteAsync($"""
            insert into usage.carrier_charge (file_id, carrier, line, lines, state, record_key, raw, period, identity, number, subject, code, description, quantity, amount, currency,
                account_id, service_id, ruling_id, error_code, error_subject, error_message, duplicate_of_file, duplicate_of_line)
            select {id}, {carrier}, line, lines, state, record_key, raw, case when first_at is not null then daterange((first_at at time zone 'UTC')::date, (end_at at time zone 'UTC')::date) end,
                identity, number, subject, code, description, quantity, amount, currency, account_id, service_id, ruling_id, error_code, error_subject, error_message, duplicate_of_file, duplicate_of_line
            from arriving_charge
            """, cancellationToken);
        var states = await UsageTally.TakeInAsync(db, id, cancellationToken);
        await WebhookBook.RaiseAsync(db, EventKind.CdrFileImported, now,
            new { FileId = id, Name = name, Carrier = carrier, Format = format.Info.Id, counted.Lines, counted.Skipped, States = states }, cancellationToken);
        await db.CommitAsync(cancellationToken);
        CarrierChargeList.CountImport();
        return new ImportedFile(id, name, format.Info.Id, CdrFileKind.Recurring, counted.Lines, counted.Skipped, states, 0);
    }
}
