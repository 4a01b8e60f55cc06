using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Catalog.Allowances;
using Billing.Customers.Allowances;
using Billing.Customers.Services;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Usage.Pages.Allowances;

/// <summary>An account or one of its services is given an allowance.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class AllowanceNewModel(CurrentTenant current, TimeProvider clock) : AccountForm(current, clock)
{
    [BindProperty]
    public GiveInput Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await LoadAsync(db, id, cancellationToken)) return NotFound();
        Input = new GiveInput { Quantity = 1, AnchorDay = 1, From = Today };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await LoadAsync(db, id, cancellationToken)) return NotFound();
        if (Input.Allowance is null) ModelState.AddModelError("Input.Allowance", "Choose an allowance.");
        if (Input.From is null && ModelState.IsValid) ModelState.AddModelError("Input.From", "Say from which day on.");
        if (Input.To < Input.From) ModelState.AddModelError("Input.To", "The last day is before the first one.");
        if (!ModelState.IsValid) return Page();
        var given = new GivenAllowance(Account.Id, Input.Service is { } service ? new ServiceId(service) : null, new AllowanceId(Input.Allowance!.Value), Input.Quantity ?? 1, Input.AnchorDay ?? 1,
            new DateInterval(Input.From!.Value, Input.To?.AddDays(1)));
        if (GivenAllowanceBook.Check(given) is { Count: > 0 } wrong) return Refused(Input, wrong);
        return (await GivenAllowanceBook.GiveAsync(db, given, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, $"{Choices.First(c => c.Value == Key(Input.Allowance.Value)).Text} is given from {Written.Day(given.Valid.From)}.", cancellationToken)
            : Refused(Input, refused);
    }

    private async Task<bool> LoadAsync(TenantDb db, long id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(db, id, cancellationToken)) return false;
        Choices = [new SelectListItem("Choose…", ""), .. (await AllowanceBook.LoadAsync(db, cancellationToken)).Where(stored => stored.RetiredOn is null)
            .Select(stored => new SelectListItem($"{stored.Allowance.Name} ({stored.Code})", Key(stored.Id.Value)))];
        return true;
    }

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);

    internal sealed record GiveInput
    {
        public long? Allowance { get; init; }
        public long? Service { get; init; }
        public decimal? Quantity { get; init; }
        public int? AnchorDay { get; init; }
        public DateOnly? From { get; init; }
        public DateOnly? To { get; init; }
    }
}
