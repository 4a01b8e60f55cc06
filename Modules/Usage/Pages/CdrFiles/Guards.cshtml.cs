using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.Guards;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>The guards over carriers' files.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class GuardsModel(CurrentTenant current) : PageModel
{
    public IReadOnlyList<VolumeGuard> Guards { get; private set; } = [];

    public bool MayGuard => current.May(Permission.ImportUsage);

    public static string Percent(int? limit) => limit is { } percent ? $"{percent} %" : "not asked";

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Guards = await GuardBook.LoadAsync(db, cancellationToken);
    }
}
