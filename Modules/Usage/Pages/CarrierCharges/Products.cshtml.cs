using System.Globalization;
using Billing.Catalog.Products;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.CarrierCharges;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.WebUtilities;

namespace Billing.Usage.Pages.CarrierCharges;

/// <summary>What carriers' products are sold on as.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class ProductsModel(CurrentTenant current) : PageModel
{
    public IReadOnlyList<CarrierProduct> Products { get; private set; } = [];

    /// <summary>The one that is changed.</summary>
    public CarrierProduct? Chosen { get; private set; }

    public IReadOnlyList<SelectListItem> Options { get; private set; } = [];

    [BindProperty]
    public ProductInput Input { get; set; } = new();

    public bool MayMend => current.May(Permission.MendUsage);

    public string LinkOf(CarrierProduct product) => QueryHelpers.AddQueryString(Url.Content("~/carrier-charges/products"), new Dictionary<string, string?> { ["carrier"] = product.Carrier, ["product"] = product.Code });

    public async Task OnGetAsync(string? carrier, string? product, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        await LoadAsync(db, carrier, product, cancellationToken);
        if (Chosen is { } chosen) Input = new ProductInput { Product = chosen.ProductId, Suggested = chosen.SuggestedPrice, Version = chosen.Version };
    }

    [Demands(Permission.MendUsage)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            if (ModelState.IsValid)
            {
                if ((await CarrierProductBook.SaveAsync(db, Input.Carrier ?? "", Input.Code ?? "", Input.Product, Input.Suggested, Input.Version, cancellationToken)).TryGet(out var saved, out var refused))
                {
                    await db.CommitAsync(cancellationToken);
                    Notice.Leave(HttpContext, saved.ProductName is { } name ? $"{saved.Code} is sold on as {name}." : $"{saved.Code} is saved.");
                    return Redirect(Url.Content("~/carrier-charges/products"));
                }
                ModelState.AddModelError(refused.Field switch { "productId" => "Input.Product", "suggestedPrice" => "Input.Suggested", _ => "" }, refused.Message);
            }
        }
        await using var fresh = await current.BeginAsync(cancellationToken);
        await LoadAsync(fresh, Input.Carrier, Input.Code, cancellationToken);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task LoadAsync(TenantDb db, string? carrier, string? code, CancellationToken cancellationToken)
    {
        Products = await CarrierProductBook.LoadAsync(db, cancellationToken);
        Chosen = Products.FirstOrDefault(p => p.Carrier == carrier && p.Code == code);
        if (Chosen is null) return;
        Options = [new SelectListItem("Nothing said", ""), .. (await ProductList.LoadAsync(db, cancellationToken)).Where(p => p.Value.Terms is not null).OrderBy(p => p.Value.Code, StringComparer.Ordinal)
            .Select(p => new SelectListItem($"{p.Value.Code} {p.Value.Name}", p.Key.Value.ToString(CultureInfo.InvariantCulture)))];
    }

    internal sealed record ProductInput
    {
        public string? Carrier { get; init; }

        public string? Code { get; init; }

        public long? Product { get; init; }

        public decimal? Suggested { get; init; }

        public int Version { get; init; }
    }
}
