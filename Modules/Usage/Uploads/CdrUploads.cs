using System.Globalization;
using System.Runtime.CompilerServices;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Api.Webhooks;
using Billing.Tenancy;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage.Archives;
using Billing.Usage.Import;
using Billing.Usage.Mapping;

namespace Billing.Usage.Uploads;

/// <summary>
/// Takes uploaded files: each is on the disk and in the list before its sender gets an answer, and a job imports it. What can't be a CDR file is refused
/// at once, with the reason, and listed too, so that nobody wonders where a file went.
/// </summary>
public sealed class CdrUploads(Database database, CdrFormatCatalog plugins, UploadFolder folder, UploadLimits limits, TimeProvider clock)
{
    /// <summary>The job that imports a file.</summary>
    public const string JobKind = "usage.import";

    /// <summary>A file that fails with this is not broken: somebody has to look at it.</summary>
    private const string HeldCode = "usage.guard";

    /// <summary>The limits that are in force.</summary>
    public UploadLimits Limits => limits;

    /// <summary>Takes one file.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="actor">Who sends it.</param>
    /// <param name="batch">Files that come together have the same one.</param>
    /// <param name="name">The file's name; a folder in it is dropped.</param>
    /// <param name="content">The bytes; read to their end.</param>
    /// <param name="formatId">The format, or null to recognise it.</param>
    /// <param name="cancellationToken">The sender went away: nothing is kept.</param>
    /// <returns>What became of it. An archive is opened (<see cref="UploadState.Opened"/>), and each file in it is an upload of the same batch.</returns>
    [OverloadResolutionPriority(1)]
    public Task<Upload> ReceiveAsync(TenantId tenant, Actor actor, Guid batch, string name, Stream content, string? formatId, CancellationToken cancellationToken = default) =>
        ReceiveAsync(tenant, actor, batch, name, content, new UploadWish(formatId, FileStatement.None), cancellationToken);

    /// <summary>The same, with what the sender says of the file.</summary>
    public Task<Upload> ReceiveAsync(TenantId tenant, Actor actor, Guid batch, string name, Stream content, UploadWish wish, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wish);
        return ReceiveAsync(tenant, name, content, async arrival =>
        {
            await using var db = await database.BeginAsync(tenant, actor, cancellationToken);
            var upload = await RegisterAsync(db, batch, arrival, wish, cancellationToken);
            await db.CommitAsync(cancellationToken);
            return upload;
        }, cancellationToken);
    }

    /// <summary>The same, in a transaction of the caller's; so are those below.</summary>
    internal Task<Upload> ReceiveAsync(TenantDb db, Guid batch, string name, Stream content, UploadWish wish, CancellationToken cancellationToken) =>
        ReceiveAsync(db.Tenant, name, content, arrival => RegisterAsync(db, batch, arrival, wish, cancellationToken), cancellationToken);

    private async Task<Upload> ReceiveAsync(TenantId tenant, string name, Stream content, Func<Arrival, Task<Upload>> register, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(content);
        var part = folder.NewPath(tenant);
        IReadOnlyList<UnpackedFile> unpacked = [];
        try
        {
            var file = new UnpackedFile(PlainNameOf(name), part, await ArrivingFile.ReceiveAsync(content, part, limits.MaxFileBytes, cancellationToken));
            if (file.Arrived.IsTooBig || ArchiveSignature.Of(file.Arrived.Head) is not { } kind) return await register(new Arrival(file, null, null));
            var opening = new ArchiveOpening(limits.Archives, () => folder.NewPath(tenant), clock);
            return (await opening.OpenAsync(file.Name, part, kind, limits.MaxFileBytes, cancellationToken)).TryGet(out var files, out var refusal)
                ? await register(new Arrival(file, unpacked = files, null))
                : await register(new Arrival(file, null, refusal));
        }
        finally
        {
            File.Delete(part);
            ArchiveOpening.Remove(unpacked);
        }
    }

    /// <summary>Tries a file again that failed.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="id">The upload.</param>
    /// <param name="formatId">Another format, or null for the one it has.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns><c>upload.not-found</c>, <c>upload.not-failed</c> or <c>cdr.unknown-format</c> where it can't be.</returns>
    [OverloadResolutionPriority(1)]
    public Task<Result<Upload>> RetryAsync(TenantId tenant, Actor actor, long id, string? formatId, CancellationToken cancellationToken = default) =>
        RetryAsync(tenant, actor, id, new UploadWish(formatId, FileStatement.None), cancellationToken);

    /// <summary>The same, with what is said of the file now; what is not said stays as it was.</summary>
    public Task<Result<Upload>> RetryAsync(TenantId tenant, Actor actor, long id, UploadWish wish, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wish);
        return CommitAsync(tenant, actor, db => RetryAsync(db, id, wish, cancellationToken), cancellationToken);
    }

    internal async Task<Result<Upload>> RetryAsync(TenantDb db, long id, UploadWish wish, CancellationToken cancellationToken)
    {
        var (formatId, stated) = wish;
        if (formatId is not null && !(await DescribedCarriers.FormatsAsync(db, plugins, cancellationToken)).Find(formatId).TryGet(out _, out var unknown)) return unknown;
        if (await UploadList.FindAsync(db, id, cancellationToken) is not { } upload) return NotFound(id);
        var changed = await db.ExecuteAsync($"""
            update usage.upload set state = 'waiting', failure_code = null, failure_message = null, format = coalesce({formatId}::text, format), sureness = case when {formatId}::text is null then sureness end,
                   kind = coalesce({stated.StoredKind}::text, kind), period = case when {stated.Period?.From}::date is null then period else daterange({stated.Period?.From}::date, {stated.Period?.To}::date) end
            where upload_id = {id} and (state = 'failed' or state in ('waiting', 'running') and not exists (
                select from tenancy.job j where j.kind = {JobKind} and j.subject = {upload.Subject} and j.state in ('waiting', 'running')))
            """, cancellationToken);
        if (changed == 0) return new Failure("upload.not-failed", $"'{upload.Name}' can't be tried again: it is {upload.State.ToString().ToLowerInvariant()}.");
        await JobBook.RequestAsync(db, JobKind, upload.Subject, new { }, clock.GetUtcNow(), cancellationToken: cancellationToken);
        return (await UploadList.FindAsync(db, id, cancellationToken))!;
    }

    /// <summary>Lets a file in that is held because it is not like the carrier's files before it.</summary>
    /// <returns><c>upload.not-found</c>, <c>upload.no-reason</c> or <c>upload.not-held</c> where it can't be.</returns>
    public Task<Result<Upload>> ReleaseAsync(TenantId tenant, Actor actor, long id, string why, CancellationToken cancellationToken = default) =>
        CommitAsync(tenant, actor, db => ReleaseAsync(db, id, why, cancellationToken), cancellationToken);

    internal async Task<Result<Upload>> ReleaseAsync(TenantDb db, long id, string why, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(why)) return new Failure("upload.no-reason", "Say why the file is right although it is not like the others: whoever reads the bills will ask.");
        if (await UploadList.FindAsync(db, id, cancellationToken) is not { } upload) return NotFound(id);
        var changed = await db.ExecuteAsync($"""
            update usage.upload set state = 'waiting', released_by = {db.Actor.Name}, released_why = {why.Trim()}, failure_code = null, failure_message = null where upload_id = {id} and state = 'held'
            """, cancellationToken);
        if (changed == 0) return new Failure("upload.not-held", $"'{upload.Name}' is not held: it is {upload.State.ToString().ToLowerInvariant()}.");
        await JobBook.RequestAsync(db, JobKind, upload.Subject, new { }, clock.GetUtcNow(), cancellationToken: cancellationToken);
        return (await UploadList.FindAsync(db, id, cancellationToken))!;
    }

    /// <summary>Gives a file up that failed or is held; its bytes are removed, the row and the reason stay.</summary>
    /// <returns><c>upload.not-found</c>, <c>upload.no-reason</c> or <c>upload.not-failed</c> where it can't be.</returns>
    public Task<Result<Upload>> DropAsync(TenantId tenant, Actor actor, long id, string why, CancellationToken cancellationToken = default) =>
        CommitAsync(tenant, actor, db => DropAsync(db, id, why, cancellationToken), cancellationToken);

    internal async Task<Result<Upload>> DropAsync(TenantDb db, long id, string why, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(why)) return new Failure("upload.no-reason", "Say why the file is not needed: whoever compares the carrier's list with ours will ask.");
        if (await UploadList.FindAsync(db, id, cancellationToken) is not { } upload) return NotFound(id);
        // The same bytes may be arriving again just now; theirs are not to be removed.
        await db.LockAsync("upload/" + upload.Hash, cancellationToken);
        var changed = await db.ExecuteAsync($"""
            update usage.upload set state = 'dropped', dropped_by = {db.Actor.Name}, dropped_why = {why.Trim()}, failure_code = null, failure_message = null where upload_id = {id} and state in ('failed', 'held')
            """, cancellationToken);
        if (changed == 0) return new Failure("upload.not-failed", $"'{upload.Name}' can't be dropped: it is {upload.State.ToString().ToLowerInvariant()}.");
        var dropped = (await UploadList.FindAsync(db, id, cancellationToken))!;
        File.Delete(folder.PathOf(db.Tenant, upload.Hash!));
        return dropped;
    }

    /// <summary>The job: imports one upload. Run again after a kill it finds out how far the first run got.</summary>
    internal async Task<Result<string>> ImportAsync(JobRun run, CancellationToken cancellationToken)
    {
        var id = long.Parse(run.Subject.AsSpan("upload/".Length), NumberStyles.None, CultureInfo.InvariantCulture);
        Upload? upload;
        await using (var db = await run.BeginAsync(cancellationToken))
        {
            await db.ExecuteAsync($"update usage.upload set state = 'running' where upload_id = {id} and state = 'waiting'", cancellationToken);
            upload = await UploadList.FindAsync(db, id, cancellationToken);
            await db.CommitAsync(cancellationToken);
        }
        if (upload is not { State: UploadState.Running, Hash: { } hash }) return upload is null ? NotFound(id) : $"'{upload.Name}' is {upload.State.ToString().ToLowerInvariant()} already.";

        var path = folder.PathOf(run.Tenant.Id, hash);
        Result<ImportedFile> result;
        try
        {
            result = await ImportAsync(run, upload, path, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The job's own row gets the reference; the file is there to be tried again.
            await using var failing = await run.BeginAsync(CancellationToken.None);
            var failure = new Failure("upload.fault", "Its import stopped at something nobody expected. Nothing of it was stored; try it again.");
            var changed = await failing.ExecuteAsync($"""
                update usage.upload set state = 'failed', failure_code = {failure.Code}, failure_message = {failure.Message}
                where upload_id = {id} and state = 'running'
                """, CancellationToken.None);
            if (changed == 1) await RaiseAsync(failing, upload, failure, CancellationToken.None);
            await failing.CommitAsync(CancellationToken.None);
            throw;
        }
        await using (var db = await run.BeginAsync(cancellationToken))
        {
            // Known bytes are in: the run before this one was killed between the import and this line, or somebody imported them by another way.
            var file = await db.FindAsync($"select file_id from usage.cdr_file where hash = {hash}", row => row.Maybe<long?>(0), cancellationToken);
            var failed = file is null && !result.TryGet(out _, out var why) ? why : null;
            var changed = await db.ExecuteAsync($"""
                update usage.upload set state = {(failed is null ? "done" : failed.Code == HeldCode ? "held" : "failed")}, file_id = {(failed is null ? file : null)}::bigint, failure_code = {failed?.Code}, failure_message = {failed?.Message}
                where upload_id = {id} and state = 'running'
                """, cancellationToken);
            if (failed is not null && changed == 1) await RaiseAsync(db, upload, failed, cancellationToken);
            await db.CommitAsync(cancellationToken);
            if (failed is not null) return failed;
        }
        File.Delete(path);
        return result.TryGet(out var imported, out _)
            ? string.Create(CultureInfo.InvariantCulture, $"{upload.Name} is in: {imported.Lines:N0} lines, {imported.Calls.GetValueOrDefault("error"):N0} of them in error.")
            : $"{upload.Name} is in.";
    }

    private async Task<Result<ImportedFile>> ImportAsync(JobRun run, Upload upload, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return new Failure("upload.bytes-gone", $"The bytes of '{upload.Name}' are not on this machine. Hosts on several machines must share the data folder; if it was restored from a backup, upload the file again.");
        var import = new CdrImport(database, plugins, clock) { Actor = run.Actor, Stated = upload.Stated, ReleasedWhy = upload.ReleasedWhy };
        var source = await CdrSource.OfFileAsync(upload.Name, path, cancellationToken);
        if (source.Hash != upload.Hash) return new Failure("upload.bytes-changed", $"The bytes of '{upload.Name}' are not those that were uploaded: the disk or somebody changed them. Drop it and upload it again.");
        await run.ReportAsync(0, upload.Lines, $"Reading {upload.Name}", cancellationToken);
        return await import.ImportAsync(run.Tenant, source, upload.Format, run.Steps(upload.Lines, lines => string.Create(CultureInfo.InvariantCulture, $"{lines:N0} lines of {upload.Name} read")), cancellationToken);
    }

    private async Task<Result<Upload>> CommitAsync(TenantId tenant, Actor actor, Func<TenantDb, Task<Result<Upload>>> work, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(tenant, actor, cancellationToken);
        var result = await work(db);
        if (result.IsSuccess) await db.CommitAsync(cancellationToken);
        return result;
    }

    private async Task<Upload> RegisterAsync(TenantDb db, Guid batch, Arrival arrival, UploadWish wish, CancellationToken cancellationToken)
    {
        var (file, files, refusal) = arrival;
        if (files is null && refusal is null) return await RegisterAsync(db, batch, null, file, wish, cancellationToken);
        // In one order, so that two archives with the same files do not wait for each other crosswise.
        foreach (var hash in (files ?? []).Select(one => one.Arrived.Hash).Order(StringComparer.Ordinal)) await db.LockAsync("upload/" + hash, cancellationToken);
        var id = await db.ScalarAsync<long>($"""
            insert into usage.upload (batch, name, hash, bytes, lines, state, failure_code, failure_message, uploaded_by, uploaded_at)
            values ({batch}, {file.Name}, {file.Arrived.Hash}, {file.Arrived.Bytes}, 0, {(refusal is null ? "opened" : "refused")}, {refusal?.Code}, {refusal?.Message}, {db.Actor.Name}, {clock.GetUtcNow().UtcDateTime})
            returning upload_id
            """, cancellationToken);
        foreach (var one in files ?? []) await RegisterAsync(db, batch, id, one, wish, cancellationToken);
        db.Note(new Deed(refusal is null ? "upload.opened" : "upload.refused", "upload", new { UploadId = id }, new { file.Name, refusal?.Code, Files = files?.Count }));
        return (await UploadList.FindAsync(db, id, cancellationToken))!;
    }

    private async Task<Upload> RegisterAsync(TenantDb db, Guid batch, long? archive, UnpackedFile file, UploadWish wish, CancellationToken cancellationToken)
    {
        var (name, part, arrived) = file;
        var (formatId, stated) = wish;
        // Two uploads of the same bytes at once: one of them is first, the other is told.
        if (!arrived.IsTooBig) await db.LockAsync("upload/" + arrived.Hash, cancellationToken);
        var (format, sureness, failure) = Judge(await DescribedCarriers.FormatsAsync(db, plugins, cancellationToken), name, arrived, formatId);
        var refusal = await RefusalAsync(db, name, arrived, cancellationToken) ?? (failure is { IsFinal: true } ? failure.Failure : null);
        var reason = refusal ?? failure?.Failure;
        var state = refusal is not null ? "refused" : failure is not null ? "failed" : "waiting";
        var id = await db.ScalarAsync<long>($"""
            insert into usage.upload (batch, name, hash, bytes, lines, format, sureness, state, failure_code, failure_message, uploaded_by, uploaded_at, archive_id, kind, period)
            values ({batch}, {name}, {(arrived.IsTooBig ? null : arrived.Hash)}, {arrived.Bytes}, {arrived.Lines}, {format}, {sureness}, {state}, {reason?.Code}, {reason?.Message}, {db.Actor.Name}, {clock.GetUtcNow().UtcDateTime},
                    {archive}::bigint, {stated.StoredKind}::text, daterange({stated.Period?.From}::date, {stated.Period?.To}::date))
            returning upload_id
            """, cancellationToken);
        if (state == "waiting") await JobBook.RequestAsync(db, JobKind, Upload.SubjectOf(id), new { }, clock.GetUtcNow(), cancellationToken: cancellationToken);
        // The file has its name before the row says so: a kill in between leaves a file that the same upload finds again, never a row without bytes.
        if (refusal is null) File.Move(part, folder.PathOf(db.Tenant, arrived.Hash), overwrite: true);
        else db.Note(new Deed("upload.refused", "upload", new { UploadId = id }, new { name, reason!.Code }));
        return (await UploadList.FindAsync(db, id, cancellationToken))!;
    }

    private async Task<Failure?> RefusalAsync(TenantDb db, string name, ArrivingFile arrived, CancellationToken cancellationToken)
    {
        if (arrived.IsTooBig)
            return new("usage.file-too-big", string.Create(CultureInfo.InvariantCulture, $"{name} has {arrived.Bytes:N0} bytes; at most {limits.MaxFileBytes:N0} are taken at once. Split it by day, or import it with 'billing import' on the machine."));
        if (arrived.Bytes == 0) return new("usage.file-empty", $"{name} is empty: there is nothing in it. Ask the carrier to send it again.");
        if (await CdrImport.FindEarlierAsync(db, name, arrived.Hash, cancellationToken) is { } known) return known;
        return await db.FindAsync($"select upload_id, name, state from usage.upload where hash = {arrived.Hash} and state in ('waiting', 'running', 'failed', 'held')",
            row => new Failure("usage.file-pending", $"{name} has the same bytes as '{row.Text(1)}', which " + row.Text(2) switch
            {
                "failed" => "was uploaded before and failed. Try that one again, or drop it.",
                "held" => "was uploaded before and is held. Release that one, or drop it.",
                _ => "is being imported just now. Nothing was added.",
            }), cancellationToken);
    }

    // A file that no format knows may still be read by one that a person names, as long as it is text.
    private static (string? Format, int? Sureness, Doubt? Failure) Judge(CdrFormatCatalog formats, string name, ArrivingFile arrived, string? formatId)
    {
        var sample = CdrSample.Of(name, arrived.Head, isWhole: arrived.Head.Length == arrived.Bytes);
        if (formatId is not null) return formats.Find(formatId).TryGet(out var chosen, out var unknown) ? (chosen.Info.Id, null, null) : (null, null, new(unknown, false));
        if (formats.Recognise(in sample).TryGet(out var format, out var failure)) return (format.Info.Id, CdrFormatCatalog.SurenessOf(format, in sample), null);
        return (null, null, new(failure, CdrText.WhyNotText(sample.Head) is not null));
    }

    private static string PlainNameOf(string name)
    {
        var plain = Path.GetFileName(name.Replace('\\', '/'));
        plain = new string([.. plain.Where(c => !char.IsControl(c))]).Trim();
        return plain.Length switch { 0 => "unnamed", > 200 => plain[^200..], _ => plain };
    }

    private Task RaiseAsync(TenantDb db, Upload upload, Failure failure, CancellationToken cancellationToken) =>
        WebhookBook.RaiseAsync(db, failure.Code == HeldCode ? EventKind.CdrFileHeld : EventKind.CdrFileFailed, clock.GetUtcNow(), new { UploadId = upload.Id, upload.Name, failure.Code, failure.Message }, cancellationToken);

    private static Failure NotFound(long id) => new("upload.not-found", $"There is no upload {id}.");

    private sealed record Doubt(Failure Failure, bool IsFinal);

    /// <summary>What came: a file; or an archive with its files, or with why it was not opened.</summary>
    private sealed record Arrival(UnpackedFile File, IReadOnlyList<UnpackedFile>? Files, Failure? Refusal);
}
