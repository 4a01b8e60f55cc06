using System.Globalization;
using Billing.Catalog.Products;
using Billing.Customers.Services;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Customers.Pages.Accounts;

/// <summary>A one-off charge or credit: added, or removed while it is on no invoice.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class OneOffModel(CurrentTenant current, TimeProvider clock, IChargeHistory history) : AccountPage(current, clock)
{
    [BindProperty]
    public OneOffInput Input { get; set; } = new();

    /// <summary>The charge that may be removed; null for a new one.</summary>
    public StoredOneOff? Existing { get; private set; }

    public IReadOnlyList<SelectListItem> Products { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Services { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, string charge, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        if (charge == ContactModel.New)
        {
            await LoadOptionsAsync(db, cancellationToken);
            Input = new OneOffInput { ChargeOn = Today };
            return Page();
        }
        Existing = (await ChargeBook.LoadOneOffsAsync(db, Account.Id, cancellationToken)).FirstOrDefault(c => c.Charge.Id == KeyOf(charge));
        if (Existing is null) return NotFound();
        Input = new OneOffInput { Version = Existing.Version };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        var products = await LoadOptionsAsync(db, cancellationToken);
        var product = products.FirstOrDefault(p => p.Id.Value == Input.Product);
        if (product is null) ModelState.AddModelError("Input.Product", "Choose a product.");
        if (Input.ChargeOn is null && ModelState.IsValid) ModelState.AddModelError("Input.ChargeOn", "Say on which day.");
        if (!ModelState.IsValid) return Page();
        var amount = Input.Amount ?? product!.Product.Price;
        var charge = new OneOffCharge(0, Account.Id, Input.Service is { } service ? new ServiceId(service) : null, product!.Id,
            string.IsNullOrWhiteSpace(Input.Description) ? product.Product.Name : Input.Description.Trim(), Input.IsCredit ? -Math.Abs(amount) : amount, Input.ChargeOn!.Value);
        if (ChargeBook.Check(charge) is { Count: > 0 } wrong) return Refused(Input, wrong);
        return (await ChargeBook.AddAsync(db, charge, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, $"{charge.Description}: {Written.Price(charge.Amount, Current.Tenant.Currency)} on the next bill after {Written.Day(charge.ChargeOn)}.", "one-offs", cancellationToken)
            : Refused(Input, refused);
    }

    public async Task<IActionResult> OnPostRemoveAsync(long id, string charge, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        Existing = (await ChargeBook.LoadOneOffsAsync(db, Account.Id, cancellationToken)).FirstOrDefault(c => c.Charge.Id == KeyOf(charge));
        if (Existing is null) return NotFound();
        return (await ChargeBook.RemoveOneOffAsync(db, Account.Id, Existing.Charge.Id, Input.Version, history, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, $"{Existing.Charge.Description} is removed.", "one-offs", cancellationToken)
            : Refused(Input, refused);
    }

    private async Task<IReadOnlyList<StoredProduct>> LoadOptionsAsync(TenantDb db, CancellationToken cancellationToken)
    {
        var products = (await ProductBook.LoadAsync(db, cancellationToken)).Where(p => p.Product.Terms is null && p.RetiredOn is null).ToList();
        Products = [new SelectListItem("Choose…", ""), .. products.Select(p => new SelectListItem($"{p.Product.Name} ({p.Product.Code}), {Written.Price(p.Product.Price, Current.Tenant.Currency)}", p.Id.Value.ToString(CultureInfo.InvariantCulture)))];
        Services = await ChargeNewModel.ServicesAsync(db, Account.Id, cancellationToken);
        return products;
    }

    private static long KeyOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : 0;

    internal sealed record OneOffInput
    {
        public long? Product { get; init; }

        public long? Service { get; init; }

        public string? Description { get; init; }

        public decimal? Amount { get; init; }

        public bool IsCredit { get; init; }

        public DateOnly? ChargeOn { get; init; }

        public int Version { get; init; }
    }
}
