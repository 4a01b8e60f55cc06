using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Catalog.Allowances;
using Billing.Catalog.Products;
using Billing.Screens;
using Billing.Screens.Forms;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Catalog.Pages.Allowances;

/// <summary>One allowance: what it gives, which products include it.</summary>
[Demands(Permission.ViewTariffs)]
internal sealed class AllowanceModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    [BindProperty]
    public IncludeInput Input { get; set; } = new();

    public StoredAllowance Stored { get; private set; } = null!;

    public IReadOnlyList<(IncludedAllowance Included, StoredProduct Product)> Included { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Products { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long allowance, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, allowance, cancellationToken)) return NotFound();
        Input = new IncludeInput { From = current.Tenant.DayOf(clock.GetUtcNow()) };
        return Page();
    }

    [Demands(Permission.ChangeTariffs)]
    public async Task<IActionResult> OnPostIncludeAsync(long allowance, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, allowance, cancellationToken)) return NotFound();
        if (Input.Product is null) ModelState.AddModelError("Input.Product", "Choose a product.");
        if (Input.From is null) ModelState.AddModelError("Input.From", "Say from which day on.");
        if (!ModelState.IsValid) return Page();
        var result = await AllowanceBook.IncludeAsync(db, new ProductId(Input.Product!.Value), Stored.Id, Input.From!.Value, cancellationToken);
        return result.TryGet(out _, out var refused) ? await DoneAsync(db, "Included. Calls that no bill has are drawn for again with the next file, or when a run is drafted.", cancellationToken) : Refuse(refused);
    }

    [Demands(Permission.ChangeTariffs)]
    public async Task<IActionResult> OnPostEndAsync(long allowance, long included, int version, DateOnly? lastDay, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, allowance, cancellationToken) || Included.All(i => i.Included.Id != included)) return NotFound();
        if (lastDay is not { } last) return Refuse(new Failure("records.missing", "Say which day is the last one."));
        return (await AllowanceBook.EndAsync(db, included, version, last, cancellationToken)).TryGet(out _, out var refused) ? await DoneAsync(db, "It ends then.", cancellationToken) : Refuse(refused);
    }

    [Demands(Permission.ChangeTariffs)]
    public async Task<IActionResult> OnPostRetireAsync(long allowance, int version, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, allowance, cancellationToken)) return NotFound();
        DateOnly? from = Stored.RetiredOn is null ? current.Tenant.DayOf(clock.GetUtcNow()) : null;
        return (await AllowanceBook.RetireAsync(db, Stored.Id, version, from, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, from is null ? "It is on the price list again." : "It is not given any more. Who has it keeps it.", cancellationToken)
            : Refuse(refused);
    }

    private async Task<bool> FindAsync(TenantDb db, long id, CancellationToken cancellationToken)
    {
        if ((await AllowanceBook.LoadAsync(db, cancellationToken)).FirstOrDefault(stored => stored.Id.Value == id) is not { } found) return false;
        Stored = found;
        var products = (await ProductBook.LoadAsync(db, cancellationToken)).ToDictionary(product => product.Id);
        Included = [.. (await AllowanceBook.IncludedAsync(db, null, cancellationToken)).Where(i => i.Allowance == found.Id).Select(i => (i, products[i.Product]))];
        Products = [new SelectListItem("Choose…", ""), .. products.Values.Where(p => p.Product.Terms is not null && p.RetiredOn is null).Select(p => new SelectListItem($"{p.Product.Name} ({p.Product.Code})", p.Id.Value.ToString(CultureInfo.InvariantCulture)))];
        return true;
    }

    private PageResult Refuse(Failure refused)
    {
        ModelState.Refuse(refused, Input);
        return Page();
    }

    private async Task<IActionResult> DoneAsync(TenantDb db, string words, CancellationToken cancellationToken)
    {
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, words);
        return LocalRedirect(Url.Content(string.Create(CultureInfo.InvariantCulture, $"~/allowances/{Stored.Id.Value}")));
    }

    internal sealed record IncludeInput
    {
        public long? Product { get; init; }

        public DateOnly? From { get; init; }
    }
}
