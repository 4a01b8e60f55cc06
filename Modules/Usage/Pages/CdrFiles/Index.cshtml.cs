using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Tenancy.Users;
using Billing.Usage.RatedCalls;
using Billing.Usage.Uploads;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>Every file that was taken in, and where its lines went.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    public IReadOnlyList<FileBalance> Files { get; private set; } = [];

    /// <summary>All files as one.</summary>
    public FileBalance Sum { get; private set; } = null!;

    public IReadOnlyList<BarPart> Parts { get; private set; } = [];

    /// <summary>Uploaded files that are not in yet.</summary>
    public PendingFiles Pending { get; private set; } = new(0, 0, 0);

    public bool MayImport => current.May(Permission.ImportUsage);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Files = await UsageBalance.LoadAsync(db, null, cancellationToken);
        Pending = await PendingFiles.LoadAsync(db, cancellationToken);
        Sum = LineStates.Sum(Files);
        Parts = LineStates.Parts(Sum);
    }
}
