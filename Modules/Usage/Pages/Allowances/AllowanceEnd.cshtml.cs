using Billing.Catalog.Allowances;
using Billing.Customers.Allowances;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Usage.Pages.Allowances;

/// <summary>A given allowance ends.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class AllowanceEndModel(CurrentTenant current, TimeProvider clock) : AccountForm(current, clock)
{
    [BindProperty]
    public EndInput Input { get; set; } = new();

    public StoredGivenAllowance Given { get; private set; } = null!;

    public string Name { get; private set; } = "";

    public string For => LabelOf(Given.Given.Service);

    public async Task<IActionResult> OnGetAsync(long id, long given, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await LoadAsync(db, id, given, cancellationToken)) return NotFound();
        Input = new EndInput { LastDay = Given.Given.Valid.To?.AddDays(-1) ?? Today, Version = Given.Version };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, long given, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await LoadAsync(db, id, given, cancellationToken)) return NotFound();
        if (Input.LastDay is null && ModelState.IsValid) ModelState.AddModelError("Input.LastDay", "Say which day is the last one.");
        if (!ModelState.IsValid) return Page();
        return (await GivenAllowanceBook.EndAsync(db, Account.Id, given, Input.Version, Input.LastDay!.Value, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, $"{Name} ends with {Written.Day(Input.LastDay.Value)}.", cancellationToken)
            : Refused(Input, refused);
    }

    private async Task<bool> LoadAsync(TenantDb db, long id, long given, CancellationToken cancellationToken)
    {
        if (!await FindAsync(db, id, cancellationToken)) return false;
        if ((await GivenAllowanceBook.LoadAsync(db, [Account.Id], cancellationToken)).FirstOrDefault(g => g.Id == given) is not { } found) return false;
        Given = found;
        Name = (await AllowanceBook.LoadAsync(db, cancellationToken)).First(stored => stored.Id == found.Given.Allowance).Allowance.Name;
        return true;
    }

    internal sealed record EndInput
    {
        public DateOnly? LastDay { get; init; }
        public int Version { get; init; }
    }
}
