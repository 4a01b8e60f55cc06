using Billing.Customers.Services;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Customers.Pages.Accounts;

/// <summary>A recurring charge: another price or quantity from a day, ended, or removed while nothing of it is billed.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class ChargeModel(CurrentTenant current, TimeProvider clock, IChargeHistory history) : AccountPage(current, clock)
{
    [BindProperty]
    public ChargeInput Input { get; set; } = new();

    public StoredCharge Charge { get; private set; } = null!;

    public DateOnly? BilledTo { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, long charge, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindChargeAsync(db, id, charge, cancellationToken)) return NotFound();
        var from = Today > Charge.Charge.Valid.From ? Today : Charge.Charge.Valid.From;
        Input = new ChargeInput
        {
            Quantity = Charge.Charge.Quantity,
            Price = Charge.Charge.Price,
            Description = Charge.Charge.Description,
            From = BilledTo > from ? BilledTo : from,
            LastDay = Charge.Charge.Valid.To?.AddDays(-1),
            Version = Charge.Version,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostChangeAsync(long id, long charge, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindChargeAsync(db, id, charge, cancellationToken)) return NotFound();
        if (ModelState.IsValid)
        {
            if (Input.From is null) ModelState.AddModelError("Input.From", "Say from which day on.");
            if (Input.Price is null) ModelState.AddModelError("Input.Price", "Write the price.");
            if (Input.Quantity is null) ModelState.AddModelError("Input.Quantity", "Write the quantity.");
        }
        if (!ModelState.IsValid) return Page();
        var changed = await ChargeBook.ChangeAsync(db, Account.Id, Charge.Charge.Id, Input.Version, Input.From!.Value, Input.Quantity!.Value, Input.Price!.Value, (Input.Description ?? "").Trim(), history, cancellationToken);
        return changed.TryGet(out _, out var refused)
            ? await DoneAsync(db, $"From {Written.Day(Input.From.Value)}: {Written.Number(Input.Quantity.Value)} at {Written.Price(Input.Price.Value, Current.Tenant.Currency)}.", "charges", cancellationToken)
            : Refused(Input, refused);
    }

    public async Task<IActionResult> OnPostEndAsync(long id, long charge, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindChargeAsync(db, id, charge, cancellationToken)) return NotFound();
        if (!ModelState.IsValid) return Page();
        return (await ChargeBook.EndAsync(db, Account.Id, Charge.Charge.Id, Input.Version, Input.LastDay, history, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, Input.LastDay is { } day ? $"{Charge.Charge.Description} ends with {Written.Day(day)}." : $"{Charge.Charge.Description} has no end.", "charges", cancellationToken)
            : Refused(Input, refused.Field == "to" ? refused with { Field = "lastDay" } : refused);
    }

    public async Task<IActionResult> OnPostRemoveAsync(long id, long charge, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindChargeAsync(db, id, charge, cancellationToken)) return NotFound();
        return (await ChargeBook.RemoveAsync(db, Account.Id, Charge.Charge.Id, Input.Version, history, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, $"{Charge.Charge.Description} is removed.", "charges", cancellationToken)
            : Refused(Input, refused);
    }

    private async Task<bool> FindChargeAsync(TenantDb db, long id, long charge, CancellationToken cancellationToken)
    {
        if (!await FindAsync(db, id, cancellationToken)) return false;
        if ((await ChargeBook.LoadAsync(db, Account.Id, cancellationToken)).FirstOrDefault(c => c.Charge.Id.Value == charge) is not { } found) return false;
        Charge = found;
        BilledTo = await history.BilledToAsync(db, found.Charge.Id, cancellationToken);
        return true;
    }

    internal sealed record ChargeInput
    {
        public DateOnly? From { get; init; }

        public decimal? Quantity { get; init; }

        public decimal? Price { get; init; }

        public string? Description { get; init; }

        public DateOnly? LastDay { get; init; }

        public int Version { get; init; }
    }
}
