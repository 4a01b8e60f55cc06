using System.Security.Cryptography;
using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Onboarding.Columns;
using Billing.Onboarding.Kinds;
using Billing.Onboarding.Rows;
using Billing.Rating.RateCards;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Onboarding.Imports;

/// <summary>
/// Imports: uploaded, mapped, looked at, applied in one transaction. The file is kept, so every step can be left and come back to; the plan is
/// computed anew each time, against what is there then.
/// </summary>
public static class ImportBook
{
    /// <summary>How much one file may hold.</summary>
    public static SheetLimits Limits { get; } = new(Bytes: 16 << 20, UnpackedBytes: 256 << 20, Rows: 100_001, Columns: 100, CellLength: 4_000);

    private const int SampleRows = 3;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Takes a file in. Nothing of it reaches the records yet.</summary>
    /// <returns>The import's id; <c>onboarding.applied-before</c> when the same file is in the records, or a <c>sheet.*</c> failure.</returns>
    public static async Task<Result<long>> UploadAsync(TenantDb db, ImportKind kind, string fileName, byte[] content, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(kind);
        if (!SheetReader.Read(content, Limits).TryGet(out var rows, out var failure)) return failure with { Field = "file" };
        if (rows.Count < 2) return new Failure("onboarding.no-rows", "The file has a header and no rows below it.") { Field = "file" };
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var before = await db.FindAsync($"""
            select i.import_id, i.applied_by, to_char(i.applied_at at time zone t.time_zone, 'FMDD Mon YYYY "at" HH24:MI')
            from onboarding.import i join tenancy.tenant t using (tenant_id) where i.kind = {kind.Id} and i.file_hash = {hash} and i.status = 'applied' limit 1
            """, row => (Id: row.Long(0), By: row.Text(1), At: row.Text(2)), cancellationToken);
        // A rate card may be wanted for a second tariff; whether it is the same one shows when the tariff is chosen.
        if (before.By is not null && kind != ImportKinds.Rates)
            return new Failure("onboarding.applied-before", $"The same file was applied by {before.By} on {before.At} as import {before.Id}. Nothing of it is missing; undo that import first if it is to come again.") { Field = "file" };

        var header = rows[0].Cells;
        var remembered = await db.FindAsync($"select columns::text from onboarding.column_mapping where kind = {kind.Id} and header_hash = {ColumnMapping.SignatureOf(header)}", row => row.Text(0), cancellationToken);
        var columns = remembered is null ? ColumnMapping.Recognise(kind, header) : JsonSerializer.Deserialize<string?[]>(remembered, Json)!;
        var name = fileName.Length > 200 ? fileName[^200..] : fileName;
        var id = await db.ScalarAsync<long>($"""
            insert into onboarding.import (kind, file_name, file_hash, uploaded_at, uploaded_by, columns, settings)
            values ({kind.Id}, {name}, {hash}, {now.UtcDateTime}, {db.Actor.Name}, {JsonSerializer.Serialize(columns, Json)}::jsonb, {JsonSerializer.Serialize(new ImportSettings(), Json)}::jsonb)
            returning import_id
            """, cancellationToken);
        await db.ExecuteAsync($"insert into onboarding.import_file (import_id, content) values ({id}, {content})", cancellationToken);
        return id;
    }

    /// <summary>All imports, the newest first.</summary>
    public static async Task<IReadOnlyList<StoredImport>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select import_id, kind, file_name, uploaded_at, uploaded_by, columns::text, settings::text, status, applied_at, applied_by, made, changed, unchanged, left_out, undone_at, undone_by, version
            from onboarding.import order by import_id desc limit 500
            """, Read, cancellationToken);
    }

    /// <summary>An import; null when there is none.</summary>
    public static Task<StoredImport?> FindAsync(TenantDb db, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"""
            select import_id, kind, file_name, uploaded_at, uploaded_by, columns::text, settings::text, status, applied_at, applied_by, made, changed, unchanged, left_out, undone_at, undone_by, version
            from onboarding.import where import_id = {id}
            """, Read, cancellationToken);
    }

    /// <summary>Says which column is what and how values are read; remembered for the next file with the same header.</summary>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> MapAsync(TenantDb db, StoredImport import, IReadOnlyList<string?> columns, ImportSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(import);
        ArgumentNullException.ThrowIfNull(columns);
        var known = columns.Select(c => c is not null && import.Kind.Fields.Any(f => f.Name == c) ? c : null).ToArray();
        var text = JsonSerializer.Serialize(known, Json);
        var rows = await db.ExecuteAsync($"""
            update onboarding.import set columns = {text}::jsonb, settings = {JsonSerializer.Serialize(settings, Json)}::jsonb, version = version + 1
            where import_id = {import.Id} and version = {import.Version} and status = 'open'
            """, cancellationToken);
        if (rows == 0) return await StaleAsync(db, import.Id, cancellationToken);
        var header = (await RowsOfAsync(db, import.Id, cancellationToken))[0].Cells;
        await db.ExecuteAsync($"""
            insert into onboarding.column_mapping (kind, header_hash, columns) values ({import.Kind.Id}, {ColumnMapping.SignatureOf(header)}, {text}::jsonb)
            on conflict (tenant_id, kind, header_hash) do update set columns = excluded.columns
            """, cancellationToken);
        return import.Version + 1;
    }

    /// <summary>What an import would do now.</summary>
    public static async Task<ImportPreview> PreviewAsync(TenantDb db, Tenant tenant, StoredImport import, DateOnly today, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(import);
        var rows = await RowsOfAsync(db, import.Id, cancellationToken);
        var header = rows[0].Cells;
        var samples = header.Select((_, column) => (IReadOnlyList<string>)[.. rows.Skip(1).Select(r => r[column]).Where(c => c.Length > 0).Distinct().Take(SampleRows)]).ToList();
        var mapping = ColumnMapping.Check(import.Kind, import.Columns);
        var plan = mapping.Count > 0 ? null : (await PlanAsync(db, tenant, import, rows, today, cancellationToken)).Plan;
        return new ImportPreview(import, header, samples, rows.Count - 1, mapping, plan);
    }

    /// <summary>The wrong rows as they came, with what is wrong in two columns behind.</summary>
    public static async Task<TableWriter> WriteWrongRowsAsync(TenantDb db, ImportPreview preview, TableWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(preview);
        ArgumentNullException.ThrowIfNull(writer);
        var faults = (preview.Plan?.Faults ?? []).ToLookup(f => f.Row);
        foreach (var cell in preview.Header) writer.Text(cell);
        writer.Text("Row in the file").Text("What is wrong").EndRow();
        foreach (var row in (await RowsOfAsync(db, preview.Import.Id, cancellationToken)).Skip(1).Where(r => faults.Contains(r.Number)))
        {
            for (var i = 0; i < preview.Header.Count; i++) writer.Text(row[i]);
            writer.Number(row.Number).Text(string.Join(" ", faults[row.Number].Select(f => $"[{f.Code}] {(f.Column.Length > 0 ? f.Column + ": " : "")}{f.Message}"))).EndRow();
        }
        return writer;
    }

    /// <summary>Applies an import: all of it in this transaction, or nothing. The caller commits.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="tenant">Its particulars.</param>
    /// <param name="id">Which import.</param>
    /// <param name="fingerprint">Of the plan that the person saw.</param>
    /// <param name="withoutWrongRows">True when the person chose to leave wrong rows out.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The plan that was applied; a failure with a code <c>onboarding.*</c> otherwise.</returns>
    public static async Task<Result<ImportPlan>> ApplyAsync(
        TenantDb db, Tenant tenant, long id, string fingerprint, bool withoutWrongRows, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        await db.LockAsync("onboarding", cancellationToken);
        if (await FindAsync(db, id, cancellationToken) is not { } import) return new Failure("records.gone", "There is no such import.");
        if (import.Status != ImportStatus.Open) return await StaleAsync(db, id, cancellationToken);
        if (ColumnMapping.Check(import.Kind, import.Columns) is [var unmapped, ..]) return unmapped;
        var rows = await RowsOfAsync(db, id, cancellationToken);
        var (plan, document, seen) = await PlanAsync(db, tenant, import, rows, tenant.DayOf(now), cancellationToken);
        if (plan.Fingerprint != fingerprint) return new Failure("onboarding.preview-out-of-date", "Records changed since you looked at the preview, and the file would now do something else. Look again before you apply it.");
        if (plan.Wrong > 0 && !withoutWrongRows) return new Failure("onboarding.wrong-rows", $"{plan.Wrong} rows are wrong. Correct the file and upload it again, or choose to leave them out.");
        if (plan.New + plan.Changed == 0 && plan.Tariff is not { IsEmpty: false }) return new Failure("onboarding.nothing-to-do", "The file says nothing that is not there already. There is nothing to apply.");

        var work = new ImportWork(db, now);
        if (document is not null)
        {
            var published = await TariffBook.PublishAsync(db, import.Settings.TariffCode!, seen, document, $"Import {id}: {import.FileName}", now, cancellationToken);
            if (!published.TryGet(out var tariff, out var refused)) return refused;
            work.Changed(1, "tariff", tariff.Id, tariff.Version, new { Version = seen });
        }
        foreach (var row in plan.Rows)
            if (row.Apply is { } apply && await apply(work, cancellationToken) is { } failure)
                return failure with { Message = $"Row {row.Row}: {failure.Message} Nothing of the file was applied." };
        await NoteAsync(db, id, work.Changes, cancellationToken);

        var refusal = await db.TryAsync(() => db.ExecuteAsync($"""
            update onboarding.import set status = 'applied', applied_at = {now.UtcDateTime}, applied_by = {db.Actor.Name}, made = {plan.New}, changed = {plan.Changed},
                unchanged = {plan.Unchanged}, left_out = {plan.Wrong}, version = version + 1
            where import_id = {id}
            """, cancellationToken), cancellationToken);
        return refusal is null ? plan : new Failure("onboarding.applied-before", "The same file is in the records already. Undo that import first if it is to come again.");
    }

    /// <summary>Puts an import aside that was not applied.</summary>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> DiscardAsync(TenantDb db, StoredImport import, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(import);
        var rows = await db.ExecuteAsync($"update onboarding.import set status = 'discarded', version = version + 1 where import_id = {import.Id} and version = {import.Version} and status = 'open'", cancellationToken);
        return rows == 1 ? import.Version + 1 : await StaleAsync(db, import.Id, cancellationToken);
    }

    internal static Task<Failure> StaleAsync(TenantDb db, long id, CancellationToken cancellationToken) => LastChange.RefuseAsync(db, "onboarding.import", "import_id", id, "This import", cancellationToken);

    private static async Task<(ImportPlan Plan, string? Document, int Seen)> PlanAsync(
        TenantDb db, Tenant tenant, StoredImport import, IReadOnlyList<SheetRow> rows, DateOnly today, CancellationToken cancellationToken)
    {
        var positions = import.Columns.Select((field, position) => (field, position)).Where(c => c.field is not null).ToDictionary(c => c.field!, c => c.position, StringComparer.Ordinal);
        var readers = rows.Skip(1).Select(row => new RowReader(import.Kind, row, positions, rows[0].Cells, import.Settings, tenant.Country)).ToList();
        return import.Kind.Id switch
        {
            "customers" => (await CustomerRows.PlanAsync(db, readers, tenant, today, cancellationToken), null, 0),
            "sites" => (await SiteRows.PlanAsync(db, readers, cancellationToken), null, 0),
            "numbers" => (await NumberRows.PlanAsync(db, readers, cancellationToken), null, 0),
            "products" => (await ProductRows.PlanAsync(db, readers, cancellationToken), null, 0),
            "one-offs" => (await OneOffRows.PlanAsync(db, readers, cancellationToken), null, 0),
            "charges" => (await ChargeRows.PlanAsync(db, readers, cancellationToken), null, 0),
            _ => await RateRows.PlanAsync(db, tenant, readers, import.Settings, cancellationToken),
        };
    }

    private static async Task NoteAsync(TenantDb db, long id, IReadOnlyList<ImportWork.Change> changes, CancellationToken cancellationToken) => await db.ExecuteAsync($"""
        insert into onboarding.import_change (import_id, place, file_row, subject, subject_id, version, before)
        select {id}, c.place, c.file_row, c.subject, c.subject_id, c.version, c.before::jsonb
        from unnest({changes.Select((_, i) => i).ToArray()}, {changes.Select(c => c.Row).ToArray()}, {changes.Select(c => c.Subject).ToArray()}, {changes.Select(c => c.Id).ToArray()},
            {changes.Select(c => c.Version).ToArray()}, {changes.Select(c => c.Before).ToArray()}) c(place, file_row, subject, subject_id, version, before)
        """, cancellationToken);

    private static async Task<IReadOnlyList<SheetRow>> RowsOfAsync(TenantDb db, long id, CancellationToken cancellationToken) =>
        SheetReader.Read(await db.ScalarAsync<byte[]>($"select content from onboarding.import_file where import_id = {id}", cancellationToken), Limits).ValueOrThrow();

    private static StoredImport Read(Row row) => new(
        row.Long(0), ImportKinds.Find(row.Text(1))!, row.Text(2), row.Instant(3), row.Text(4), JsonSerializer.Deserialize<string?[]>(row.Text(5), Json)!,
        JsonSerializer.Deserialize<ImportSettings>(row.Text(6), Json)!, Enum.Parse<ImportStatus>(row.Text(7), ignoreCase: true), row.IsNull(8) ? null : row.Instant(8), row.MaybeText(9),
        row.Int(10), row.Int(11), row.Int(12), row.Int(13), row.IsNull(14) ? null : row.Instant(14), row.MaybeText(15), row.Int(16));
}
