using Billing.Screens;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Host.Web.Pages.Jobs;

/// <summary>A tenant's own jobs, as far as whoever asks may see what they are about.</summary>
[Demands(Permission.ViewDashboard)]
internal sealed class IndexModel(CurrentTenant current, JobKinds kinds) : PageModel
{
    private const int Most = 200;

    public IReadOnlyList<(Job Job, JobKind Kind)> Jobs { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Jobs = [.. (await JobBook.ListAsync(db, Most, cancellationToken))
            .Select(job => (job, kinds.Find(job.Kind)!)).Where(pair => pair.Item2 is { } kind && current.May(kind.Permission))];
    }
}
