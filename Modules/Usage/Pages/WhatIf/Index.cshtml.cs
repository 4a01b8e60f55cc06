using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.WhatIf;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.WhatIf;

/// <summary>Replays, the newest first.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<StoredWhatIf> Asked { get; private set; } = [];

    public bool MayAsk => current.May(Permission.ChangeTariffs);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Asked = await WhatIfBook.ListAsync(db, null, null, Most, cancellationToken);
    }
}
