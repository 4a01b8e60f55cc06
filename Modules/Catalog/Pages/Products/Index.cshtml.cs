using Billing.Catalog.Products;
using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Catalog.Pages.Products;

/// <summary>The price list.</summary>
[Demands(Permission.ViewTariffs)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    private const int PageSize = 50;

    /// <summary>Products there are, whatever is asked for.</summary>
    public int All { get; private set; }

    /// <summary>The list as it is asked for.</summary>
    public ListPage<StoredProduct> List { get; private set; } = null!;

    public bool MayExport => current.May(Permission.Export);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var products = await ProductBook.LoadAsync(db, cancellationToken);
        All = products.Count;
        var query = ListQuery.Read(Request.Query, PriceList.Sorts, PageSize);
        List = query.Cut(PriceList.Of(products, query));
    }
}
