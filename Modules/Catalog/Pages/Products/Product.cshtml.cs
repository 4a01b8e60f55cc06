using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Screens;
using Billing.Screens.Forms;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Catalog.Pages.Products;

/// <summary>A product: added, changed, taken off the price list and put back.</summary>
[Demands(Permission.ChangeTariffs)]
internal sealed class ProductModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    private const string New = "new";

    [BindProperty]
    public ProductInput Input { get; set; } = new() { IsRecurring = true, EveryMonths = 1, Billing = "advance", Basis = "actual", TaxCategory = "standard" };

    public StoredProduct? Stored { get; private set; }

    public static IEnumerable<SelectListItem> Times { get; } = [new("In advance", "advance"), new("In arrears", "arrears")];

    public static IEnumerable<SelectListItem> Bases { get; } = [new("the real days of the period", "actual"), new("30 days a month", "30"), new("30 days a month, every month counted as 30", "30/360")];

    public static IEnumerable<SelectListItem> TaxCategories { get; } = ProductBook.TaxCategories.Select(c => new SelectListItem(c, c));

    public async Task<IActionResult> OnGetAsync(string product, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (product == New) return Page();
        if (!await FindAsync(db, product, cancellationToken)) return NotFound();
        var (value, terms) = (Stored!.Product, Stored.Product.Terms);
        Input = new ProductInput
        {
            Code = value.Code,
            Name = value.Name,
            Price = value.Price,
            IsRecurring = terms is not null,
            EveryMonths = terms?.EveryMonths ?? 1,
            Billing = terms is null ? "advance" : RecurringTerms.TextOf(terms.Billing),
            Basis = terms is null ? "actual" : RecurringTerms.TextOf(terms.Basis),
            TaxCategory = value.TaxCategory,
            NominalCode = value.NominalCode,
            Version = Stored.Version,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string product, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (product != New && !await FindAsync(db, product, cancellationToken)) return NotFound();
        if (Input.Price is null && ModelState.IsValid) ModelState.AddModelError("Input.Price", "Write the price.");
        var value = new Product((Input.Code ?? "").Trim(), (Input.Name ?? "").Trim(), Input.Price ?? 0,
            (Stored is null ? Input.IsRecurring : Stored.Product.Terms is not null) ? RecurringTerms.Read(Input.EveryMonths ?? 0, Input.Billing ?? "advance", Input.Basis ?? "actual") : null,
            Input.TaxCategory ?? "", (Input.NominalCode ?? "").Trim());
        foreach (var failure in ProductBook.Check(value)) ModelState.Refuse(failure, Input);
        if (!ModelState.IsValid) return Page();
        Failure? refused;
        if (Stored is null) (await ProductBook.AddAsync(db, value, cancellationToken)).TryGet(out _, out refused);
        else (await ProductBook.ChangeAsync(db, Stored.Id, Input.Version, value, cancellationToken)).TryGet(out _, out refused);
        return await EndAsync(db, refused, $"{value.Name} is saved.", cancellationToken);
    }

    public async Task<IActionResult> OnPostRetireAsync(string product, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, product, cancellationToken)) return NotFound();
        DateOnly? from = Stored!.RetiredOn is null ? current.Tenant.DayOf(clock.GetUtcNow()) : null;
        (await ProductBook.RetireAsync(db, Stored.Id, Input.Version, from, cancellationToken)).TryGet(out _, out var refused);
        return await EndAsync(db, refused, $"{Stored.Product.Name} is {(from is null ? "on the price list again" : "not sold any more")}.", cancellationToken);
    }

    private async Task<IActionResult> EndAsync(TenantDb db, Failure? refused, string words, CancellationToken cancellationToken)
    {
        if (refused is not null)
        {
            ModelState.Refuse(refused, Input);
            return Page();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, words);
        return LocalRedirect(Url.Content("~/products"));
    }

    private async Task<bool> FindAsync(TenantDb db, string product, CancellationToken cancellationToken)
    {
        if (!long.TryParse(product, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return false;
        Stored = (await ProductBook.LoadAsync(db, cancellationToken)).FirstOrDefault(p => p.Id.Value == id);
        return Stored is not null;
    }

    internal sealed record ProductInput
    {
        public string? Code { get; init; }

        public string? Name { get; init; }

        public decimal? Price { get; init; }

        public bool IsRecurring { get; init; }

        public int? EveryMonths { get; init; }

        public string? Billing { get; init; }

        public string? Basis { get; init; }

        public string? TaxCategory { get; init; }

        public string? NominalCode { get; init; }

        public int Version { get; init; }
    }
}
