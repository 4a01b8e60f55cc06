using Billing.Customers.Accounts;
using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Screens.Forms;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Customers.Pages.Accounts;

/// <summary>An account's details.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class EditModel(CurrentTenant current, TimeProvider clock) : AccountPage(current, clock)
{
    [BindProperty]
    public AccountInput Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Tariffs { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        Input = AccountInput.Of(Stored);
        Tariffs = await TariffsAsync(db, Input.TariffId, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        Tariffs = await TariffsAsync(db, Input.TariffId, cancellationToken);
        var details = Input.ToDetails(Account.StartedOn);
        foreach (var failure in details.Check()) ModelState.Refuse(failure, Input);
        if (!ModelState.IsValid) return Page();
        var changed = await AccountBook.ChangeAsync(db, Account.Id, Input.Version, details, cancellationToken);
        return changed.TryGet(out _, out var refused) ? await DoneAsync(db, $"Account {details.Number} is changed.", "", cancellationToken) : Refused(Input, refused);
    }

    internal static async Task<IReadOnlyList<SelectListItem>> TariffsAsync(TenantDb db, long? chosen, CancellationToken cancellationToken)
    {
        var all = await TariffBook.LoadAsync(db, cancellationToken);
        var standard = all.FirstOrDefault(t => t.IsDefault);
        return
        [
            new SelectListItem(standard is null ? "None (there is no default yet)" : $"The default ({standard.Name})", ""),
            .. all.Where(t => !t.IsRetired || t.Id == chosen).Select(t => new SelectListItem($"{t.Name} ({t.Code})", t.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        ];
    }
}
