using Billing.Abstractions.Values;
using Billing.Catalog.Allowances;
using Billing.Customers.Allowances;
using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Tenancy.Users;
using Billing.Usage.Allowances;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Usage.Pages.Allowances;

/// <summary>What an account has included, what is left of it and who used it; and its spend caps.</summary>
[Demands(Permission.ViewAccounts)]
internal sealed class OfAccountModel(CurrentTenant current, TimeProvider clock) : AccountForm(current, clock)
{
    private const decimal Percent = 100;

    public DateOnly On { get; private set; }

    public AccountPools Pools { get; private set; } = AccountPools.None;

    public IReadOnlyList<(StoredGivenAllowance Given, string Name, string For)> Given { get; private set; } = [];

    public IReadOnlyList<(StoredSpendCap Cap, string For)> Caps { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, DateOnly? on, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        On = on is { Year: >= 2000 and < 9000 } day ? day : Today;
        Pools = await AccountPools.LoadAsync(db, Account.Id, new DateInterval(On, On.AddDays(1)), null, cancellationToken);
        var names = (await AllowanceBook.LoadAsync(db, cancellationToken)).ToDictionary(stored => stored.Id, stored => stored.Allowance.Name);
        Given = [.. (await GivenAllowanceBook.LoadAsync(db, [Account.Id], cancellationToken)).Select(given => (given, names[given.Given.Allowance], LabelOf(given.Given.Service)))];
        Caps = [.. (await SpendCapBook.LoadAsync(db, [Account.Id], cancellationToken)).Select(cap => (cap, LabelOf(cap.Cap.Service)))];
        return Page();
    }

    /// <summary>A share as two parts of a bar.</summary>
    public static IReadOnlyList<BarPart> PartsOf(decimal share) =>
        [new("allowance", "used", decimal.Round(share * Percent, 1, MidpointRounding.AwayFromZero)), new("skipped", "left", decimal.Round((1 - share) * Percent, 1, MidpointRounding.AwayFromZero))];
}
