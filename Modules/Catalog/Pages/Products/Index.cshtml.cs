using Billing.Catalog.Products;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Catalog.Pages.Products;

/// <summary>The price list.</summary>
[Demands(Permission.ViewTariffs)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    public IReadOnlyList<StoredProduct> Products { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Products = await ProductBook.LoadAsync(db, cancellationToken);
    }
}
