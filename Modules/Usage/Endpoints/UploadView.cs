using System.ComponentModel;
using Billing.Api.Answers;
using Billing.Api.Jobs;
using Billing.Tenancy.Jobs;
using Billing.Usage.Uploads;

namespace Billing.Usage.Endpoints;

/// <summary>An uploaded file in the API.</summary>
sealed record UploadView(
    long Id,
    string Name,
    [property: Description("waiting and running are on their way; failed can be tried again or dropped; done, refused and dropped are final. An archive is opened: its files are uploads of their own, with its id as archiveId. held waits for somebody to release or drop it; rolledBack was in and was taken out again.")] UploadState State,
    long Bytes,
    long Lines,
    [property: Description("The format it is read by; null while none is known.")] string? Format,
    [property: Description("Why it failed or was refused.")] FailureView? Failure,
    [property: Description("The CDR file it has become, once it is done.")] long? FileId,
    [property: Description("The job that imports it; null where there was nothing to import.")] JobView? Job,
    string UploadedBy,
    DateTimeOffset UploadedAt,
    string? DroppedBy,
    string? DroppedWhy,
    [property: Description("The upload of the archive that it came in; null for a file that came by itself.")] long? ArchiveId,
    [property: Description("Who released it although it was held.")] string? ReleasedBy,
    string? ReleasedWhy,
    [property: Description("What somebody says it is, before what the file says: daily, monthly, reconciliation; null for nothing said.")] string? StatedKind,
    [property: Description("First day it covers, where somebody said so.")] DateOnly? StatedFrom,
    [property: Description("Last day it covers, included.")] DateOnly? StatedTo)
{
    public static UploadView Of(Upload upload, Job? job) => new(
        upload.Id, upload.Name, upload.State, upload.Bytes, upload.Lines, upload.Format, FailureView.Of(upload.Failure), upload.FileId, job is null ? null : JobView.Of(job),
        upload.By, upload.At, upload.DroppedBy, upload.DroppedWhy, upload.ArchiveId, upload.ReleasedBy, upload.ReleasedWhy,
        upload.Stated.StoredKind, upload.Stated.Period?.From, upload.Stated.Period?.To?.AddDays(-1));
}
