using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Screens.Parts;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Host.Web.Pages.Jobs;

/// <summary>One job: how far it is, how it ended, and a way to stop it where that makes sense.</summary>
[Demands(Permission.ViewDashboard)]
internal sealed class JobModel(CurrentTenant current, JobKinds kinds, TimeProvider clock) : PageModel
{
    public Job Job { get; private set; } = null!;

    public JobKind Kind { get; private set; } = null!;

    /// <summary>Why it could not be stopped.</summary>
    public Failure? Refusal { get; private set; }

    public new string? Page => Kind.PageOf(Job.Subject);

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ? base.Page() : NotFound();

    /// <summary>The live part alone, for every page that shows this job.</summary>
    public async Task<IActionResult> OnGetProgressAsync(long id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (!LiveFragment.IsAskedFor(Request)) return Redirect(Url.Content($"~/jobs/{id}"));
        Response.Headers.CacheControl = "no-store";
        // Over: the page around it has more to show now.
        if (!Job.IsLive) LiveFragment.EndWith(Response);
        return Partial("_Job", Job);
    }

    public async Task<IActionResult> OnPostCancelAsync(long id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        await using var db = await current.BeginAsync(cancellationToken);
        if (!(await JobBook.CancelAsync(db, Job.Id, clock.GetUtcNow(), cancellationToken)).TryGet(out _, out var refusal))
        {
            Refusal = refusal;
            Response.StatusCode = StatusCodes.Status409Conflict;
            return base.Page();
        }
        await db.CommitAsync(cancellationToken);
        return Redirect(Url.Content($"~/jobs/{id}"));
    }

    private async Task<bool> LoadAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await JobBook.FindAsync(db, new JobId(id), cancellationToken) is not { } job || kinds.Find(job.Kind) is not { } kind || !current.May(kind.Permission)) return false;
        (Job, Kind) = (job, kind);
        return true;
    }
}
