using Billing.Catalog.Allowances;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Catalog.Pages.Allowances;

/// <summary>The allowances of the price list.</summary>
[Demands(Permission.ViewTariffs)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    public IReadOnlyList<StoredAllowance> All { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        All = await AllowanceBook.LoadAsync(db, cancellationToken);
    }
}
