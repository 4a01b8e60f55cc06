using Billing.Screens;
using Billing.Screens.Parts;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage.Uploads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>The files of one upload with what became of each, or all that are pending.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class UploadsModel(CurrentTenant current) : PageModel
{
    public IReadOnlyList<(Upload Upload, Job? Job)> Uploads { get; private set; } = [];

    public bool IsBatch { get; private set; }

    public string Address { get; private set; } = "";

    public bool IsMoving => Uploads.Any(u => u.Upload.State is UploadState.Waiting or UploadState.Running);

    public string Said
    {
        get
        {
            int Of(params UploadState[] states) => Uploads.Count(u => states.Contains(u.Upload.State));
            var parts = new[] { (Of(UploadState.Done), "in"), (Of(UploadState.Waiting, UploadState.Running), "on their way"), (Of(UploadState.Failed), "failed"), (Of(UploadState.Held), "held"), (Of(UploadState.Refused), "refused"), (Of(UploadState.Dropped), "dropped"), (Of(UploadState.RolledBack), "taken out again"), (Of(UploadState.Opened), "opened") };
            return string.Join(", ", parts.Where(part => part.Item1 > 0).Select(part => $"{Written.Count(part.Item1)} {part.Item2}")) + ".";
        }
    }

    public async Task<IActionResult> OnGetAsync(Guid? batch, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var uploads = batch is { } one ? await UploadList.OfBatchAsync(db, one, cancellationToken) : await UploadList.PendingAsync(db, cancellationToken);
        if (batch is not null && uploads.Count == 0) return NotFound();
        (IsBatch, Address) = (batch is not null, batch is null ? "~/cdrs/uploads" : $"~/cdrs/uploads?batch={batch:N}");
        var listed = new List<(Upload, Job?)>();
        foreach (var upload in uploads) listed.Add((upload, await JobBook.FindLastAsync(db, CdrUploads.JobKind, upload.Subject, cancellationToken)));
        Uploads = listed;
        if (!LiveFragment.IsAskedFor(Request)) return Page();
        if (!IsMoving) LiveFragment.EndWith(Response);
        return Partial("_Uploads", this);
    }
}
