using Billing.Screens;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.BillingErrors;

/// <summary>What can't be billed, by cause, most money first.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    public IReadOnlyList<ErrorGroup> Causes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Causes = await ErrorDesk.LoadAsync(db, cancellationToken);
    }
}
