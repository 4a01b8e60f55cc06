using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Services;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Customers.Pages.Accounts;

/// <summary>A recurring charge is added.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class ChargeNewModel(CurrentTenant current, TimeProvider clock) : AccountPage(current, clock)
{
    [BindProperty]
    public ChargeInput Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Products { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Services { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        await LoadOptionsAsync(db, cancellationToken);
        Input = new ChargeInput { Quantity = 1, From = Today, AnchorDay = 1 };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        var products = await LoadOptionsAsync(db, cancellationToken);
        var product = products.FirstOrDefault(p => p.Id.Value == Input.Product);
        if (product is null) ModelState.AddModelError("Input.Product", "Choose a product.");
        if (Input.From is null && ModelState.IsValid) ModelState.AddModelError("Input.From", "Say from which day on.");
        if (Input.To < Input.From) ModelState.AddModelError("Input.To", "The last day is before the first one.");
        if (!ModelState.IsValid) return Page();
        var charge = ChargeBook.Of(Account.Id, Input.Service is { } service ? new ServiceId(service) : null, product!, Input.Description, Input.Quantity, Input.Price, Input.AnchorDay,
            new DateInterval(Input.From!.Value, Input.To?.AddDays(1)));
        if (ChargeBook.Check(charge) is { Count: > 0 } wrong) return Refused(Input, wrong);
        return (await ChargeBook.AddAsync(db, charge, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, $"{charge.Description} is charged from {Written.Day(charge.Valid.From)}.", "charges", cancellationToken)
            : Refused(Input, refused);
    }

    private async Task<IReadOnlyList<StoredProduct>> LoadOptionsAsync(TenantDb db, CancellationToken cancellationToken)
    {
        var products = await ChargeBook.SoldAsync(db, cancellationToken);
        Products = [new SelectListItem("Choose…", ""), .. products.Select(p => new SelectListItem($"{p.Product.Name} ({p.Product.Code}), {Written.Price(p.Product.Price, Current.Tenant.Currency)}", Key(p.Id.Value)))];
        Services = await ServicesAsync(db, Account.Id, cancellationToken);
        return products;
    }

    internal static async Task<IReadOnlyList<SelectListItem>> ServicesAsync(TenantDb db, Customers.Accounts.AccountId account, CancellationToken cancellationToken) =>
        [new SelectListItem("The account as a whole", ""), .. (await ServiceBook.LoadAsync(db, account, cancellationToken)).Select(s => new SelectListItem(s.Details.Label, Key(s.Id.Value)))];

    private static string Key(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal sealed record ChargeInput
    {
        public long? Product { get; init; }

        public long? Service { get; init; }

        public string? Description { get; init; }

        public decimal? Quantity { get; init; }

        public decimal? Price { get; init; }

        public DateOnly? From { get; init; }

        public DateOnly? To { get; init; }

        public int? AnchorDay { get; init; }
    }
}
