using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Billing.Usage.RatedCalls;
using Billing.Usage.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>One uploaded file: how far its import is, how it ended, and what can be done where it failed.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class UploadedFileModel(CurrentTenant current, CdrUploads uploads, CdrFormatCatalog plugins) : PageModel
{
    public Upload Upload { get; private set; } = null!;

    public Job? Job { get; private set; }

    /// <summary>Where its lines went; null while it is not in.</summary>
    public FileBalance? Balance { get; private set; }

    /// <summary>The files of an archive.</summary>
    public IReadOnlyList<Upload> Entries { get; private set; } = [];

    public Failure? Problem { get; private set; }

    public string? Why { get; private set; }

    public IReadOnlyList<CdrFormatInfo> Formats { get; private set; } = [];

    /// <summary>True where it failed, or its job is over without having said how it ended.</summary>
    public bool MayMend => current.May(Permission.ImportUsage)
        && (Upload.State == UploadState.Failed || Upload.State is UploadState.Waiting or UploadState.Running && Job is not { IsLive: true });

    /// <summary>True where it is held.</summary>
    public bool MayRelease => current.May(Permission.ImportUsage) && Upload.State == UploadState.Held;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    [Demands(Permission.ImportUsage)]
    public async Task<IActionResult> OnPostRetryAsync(long id, string? format, string? kind, string? month, CancellationToken cancellationToken) =>
        await AnswerAsync(id, UploadWords.Stated(kind, month).TryGet(out var stated, out var misstated)
            ? await uploads.RetryAsync(current.Tenant.Id, current.Actor, id, new UploadWish(string.IsNullOrEmpty(format) ? null : format, stated), cancellationToken)
            : misstated, cancellationToken);

    [Demands(Permission.ImportUsage)]
    public async Task<IActionResult> OnPostReleaseAsync(long id, string? why, CancellationToken cancellationToken)
    {
        Why = why;
        return await AnswerAsync(id, await uploads.ReleaseAsync(current.Tenant.Id, current.Actor, id, why ?? "", cancellationToken), cancellationToken);
    }

    [Demands(Permission.ImportUsage)]
    public async Task<IActionResult> OnPostDropAsync(long id, string? why, CancellationToken cancellationToken)
    {
        Why = why;
        return await AnswerAsync(id, await uploads.DropAsync(current.Tenant.Id, current.Actor, id, why ?? "", cancellationToken), cancellationToken);
    }

    private async Task<IActionResult> AnswerAsync(long id, Result<Upload> result, CancellationToken cancellationToken)
    {
        if (result.TryGet(out _, out var problem)) return Redirect(Url.Content($"~/cdrs/uploads/{id}"));
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        Problem = problem;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> LoadAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await UploadList.FindAsync(db, id, cancellationToken) is not { } upload) return false;
        Upload = upload;
        if (upload.State == UploadState.Opened) Entries = await UploadList.OfArchiveAsync(db, id, cancellationToken);
        Job = await JobBook.FindLastAsync(db, CdrUploads.JobKind, upload.Subject, cancellationToken);
        Formats = [.. (await DescribedCarriers.FormatsAsync(db, plugins, cancellationToken)).Formats.Select(format => format.Info)];
        Balance = upload.FileId is { } file ? await UsageBalance.FindAsync(db, file, cancellationToken) : null;
        return true;
    }
}
