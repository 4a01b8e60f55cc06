using System.ComponentModel;
using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Api.Writes;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Billing.Usage.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Usage.Endpoints;

/// <summary><c>/api/v1/cdr-uploads</c>: CDR files on their way in.</summary>
static class UploadApi
{
    const string Sample = """
        caller_id,recipient,call_date,end_time,duration,cost,reference,currency
        441632960001,442079460000,20/10/2026,10:01:00,60,0.010,API-1,GBP

        """;

    public static void Map(IEndpointRouteBuilder api)
    {
        var uploads = api.MapGroup("/cdr-uploads").WithTags("CDR files");
        uploads.MapGet("", ListAsync).As("listCdrUploads", "Uploaded CDR files and what became of each, the newest first.", Permission.ViewUsage, new("/cdr-uploads?limit=10")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        uploads.MapGet("/{id:long}", GetAsync).As("getCdrUpload", "One uploaded file; ask again until it is done or has failed.", Permission.ViewUsage, new("/cdr-uploads/1"));
        uploads.MapPost("", ReceiveAsync).As("uploadCdrFile", "Uploads a CDR file: its bytes are the body. It is on the disk when the answer comes; a job imports it. An archive (zip, gz, tar, 7z, rar) is opened; each file in it is an upload of its own.", Permission.ImportUsage, new("/cdr-uploads?name=october-late.csv", Sample))
            .Once().WithMetadata(new FileBody(services => services.GetRequiredService<UploadLimits>().MaxFileBytes, "usage.file-too-big")).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        uploads.MapPost("/{id:long}/retry", RetryAsync).As("retryCdrUpload", "Tries a file again that failed, by another format where one is named.", Permission.ImportUsage, new("/cdr-uploads/1/retry", new { Format = "uk-prerated-8col" })).Once();
        uploads.MapPost("/{id:long}/release", ReleaseAsync).As("releaseCdrUpload", "Lets a file in that is held because it is not like the carrier's files before it.", Permission.ImportUsage, new("/cdr-uploads/3/release", new { Why = "A bank holiday: it is right." })).Once();
        uploads.MapPost("/{id:long}/drop", DropAsync).As("dropCdrUpload", "Gives a file up that failed or is held; its bytes are removed, the line in the list stays.", Permission.ImportUsage, new("/cdr-uploads/2/drop", new { Why = "Not a CDR file." })).Once();
        api.MapGroup("/cdr-formats").WithTags("CDR files").MapGet("", FormatsAsync).As("listCdrFormats", "The formats that CDR files are read by: those that plugins bring, and the carriers that were described.", Permission.ViewUsage, new("/cdr-formats"));
    }

    static async Task<Results<Ok<Page<UploadView>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery query, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        if (!query.TryGetAfter(out var after)) return Problem.Invalid(PageQuery.BadCursor);
        await using var db = await current.BeginAsync(cancellationToken);
        var changed = await ChangedSince.KeysAsync(db, "usage.upload", "upload_id", query.UpdatedSince, cancellationToken);
        var listed = new List<(Upload Upload, Job? Job)>();
        foreach (var upload in await UploadList.WalkAsync(db, changed, after, query.Fetch, cancellationToken)) listed.Add((upload, await JobOfAsync(db, upload, cancellationToken)));
        return TypedResults.Ok(query.Cut(listed, row => row.Upload.Id.ToString(CultureInfo.InvariantCulture), row => UploadView.Of(row.Upload, row.Job)));
    }

    static async Task<Results<Ok<UploadView>, ProblemHttpResult>> GetAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await UploadList.FindAsync(db, id, cancellationToken) is { } upload ? TypedResults.Ok(UploadView.Of(upload, await JobOfAsync(db, upload, cancellationToken))) : Problem.NotFound($"upload {id}");
    }

    static async Task<Results<Accepted<UploadView>, ProblemHttpResult>> ReceiveAsync(
        Stream body, [Description("The file's name; formats are recognised by it and by the content.")] string name, [Description("A format by its id; left out to have it recognised.")] string? format,
        [Description("daily, monthly or reconciliation, where the file does not say it.")] string? kind,
        [Description("First day the file covers; without a last day, the month of this day.")] DateOnly? from,
        [Description("Last day it covers, included.")] DateOnly? to, ApiWrite write, CdrUploads uploads, CancellationToken cancellationToken)
    {
        if (!FileStatement.Of(kind, from, to).TryGet(out var stated, out var misstated)) return Problem.Invalid(misstated);
        var wish = new UploadWish(string.IsNullOrEmpty(format) ? null : format, stated);
        var upload = await uploads.ReceiveAsync(write.Db, Guid.NewGuid(), name, body, wish, cancellationToken);
        if (upload is { State: UploadState.Refused, Failure: { } refusal })
        {
            // As from the upload page, it stands in the list with the reason, so that nobody wonders where a file went.
            write.KeepRefusal();
            return Refused(refusal);
        }
        return await AcceptedAsync(write.Db, upload, cancellationToken);
    }

    static async Task<Results<Accepted<UploadView>, ProblemHttpResult>> RetryAsync(long id, RetryBody body, ApiWrite write, CdrUploads uploads, CancellationToken cancellationToken) =>
        FileStatement.Of(body.Kind, body.From, body.To).TryGet(out var stated, out var failure)
            && (await uploads.RetryAsync(write.Db, id, new UploadWish(body.Format, stated), cancellationToken)).TryGet(out var upload, out failure) ? await AcceptedAsync(write.Db, upload, cancellationToken) : Refused(failure);

    static async Task<Results<Accepted<UploadView>, ProblemHttpResult>> ReleaseAsync(long id, ReasonBody body, ApiWrite write, CdrUploads uploads, CancellationToken cancellationToken) =>
        (await uploads.ReleaseAsync(write.Db, id, body.Why, cancellationToken)).TryGet(out var upload, out var failure) ? await AcceptedAsync(write.Db, upload, cancellationToken) : Refused(failure);

    static async Task<Results<Ok<UploadView>, ProblemHttpResult>> DropAsync(long id, ReasonBody body, ApiWrite write, CdrUploads uploads, CancellationToken cancellationToken) =>
        (await uploads.DropAsync(write.Db, id, body.Why, cancellationToken)).TryGet(out var upload, out var failure)
            ? TypedResults.Ok(UploadView.Of(upload, await JobOfAsync(write.Db, upload, cancellationToken)))
            : Refused(failure);

    static async Task<Ok<IReadOnlyList<FormatView>>> FormatsAsync(CurrentTenant current, CdrFormatCatalog plugins, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var formats = await DescribedCarriers.FormatsAsync(db, plugins, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<FormatView>>(
            [.. formats.Formats.Select(format => format.Info).OrderBy(info => info.Id, StringComparer.Ordinal).Select(info => new FormatView(info.Id, info.Name, info.Carrier, info.RecognisedBy))]);
    }

    static async Task<Accepted<UploadView>> AcceptedAsync(TenantDb db, Upload upload, CancellationToken cancellationToken) => TypedResults.Accepted(
        string.Create(CultureInfo.InvariantCulture, $"{ApiSetup.Root}/cdr-uploads/{upload.Id}"), UploadView.Of(upload, await JobOfAsync(db, upload, cancellationToken)));

    static Task<Job?> JobOfAsync(TenantDb db, Upload upload, CancellationToken cancellationToken) => JobBook.FindLastAsync(db, CdrUploads.JobKind, upload.Subject, cancellationToken);

    static ProblemHttpResult Refused(Failure failure) => failure.Code switch
    {
        "upload.not-found" => Problem.Of(StatusCodes.Status404NotFound, failure),
        "usage.file-too-big" => Problem.Of(StatusCodes.Status413PayloadTooLarge, failure),
        "usage.file-known" or "usage.file-pending" or "upload.not-failed" or "upload.not-held" => Problem.Conflict(failure),
        _ => Problem.Invalid(failure),
    };
}
