using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Billing.Usage.RatedCalls;
using Billing.Usage.Register;
using Billing.Usage.Uploads;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>Every file that was taken in, and where its lines went.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    private const int PageSize = 50;

    public IReadOnlyList<FileBalance> Files { get; private set; } = [];

    /// <summary>The list as it is asked for.</summary>
    public ListPage<FileBalance> List { get; private set; } = null!;

    /// <summary>Those of the list as one: what the table's foot says.</summary>
    public FileBalance Found { get; private set; } = null!;

    public bool MayExport => current.May(Permission.Export);

    /// <summary>All files as one.</summary>
    public FileBalance Sum { get; private set; } = null!;

    public IReadOnlyList<BarPart> Parts { get; private set; } = [];

    /// <summary>Uploaded files that are not in yet.</summary>
    public PendingFiles Pending { get; private set; } = new(0, 0, 0);

    /// <summary>The latest files that were taken out again.</summary>
    public IReadOnlyList<RolledBackFile> RolledBack { get; private set; } = [];

    public bool MayImport => current.May(Permission.ImportUsage);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Files = await UsageBalance.LoadAsync(db, null, cancellationToken);
        RolledBack = await RolledBackFile.LoadAsync(db, 20, cancellationToken);
        Pending = await PendingFiles.LoadAsync(db, cancellationToken);
        Sum = LineStates.Sum(Files);
        Parts = LineStates.Parts(Sum);
        var query = ListQuery.Read(Request.Query, CdrFileList.Sorts, PageSize);
        var found = CdrFileList.Of(Files, query);
        Found = LineStates.Sum(found);
        List = query.Cut(found);
    }
}
