using Billing.Customers.Accounts;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Customers.Pages.Accounts;

/// <summary>A site: added, changed, removed.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class SiteModel(CurrentTenant current, TimeProvider clock) : AccountPage(current, clock)
{
    [BindProperty]
    public SiteInput Input { get; set; } = new();

    public bool IsNew { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, string site, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        IsNew = site == ContactModel.New;
        if (IsNew) return Page();
        if ((await SiteBook.LoadAsync(db, Account.Id, cancellationToken)).FirstOrDefault(s => s.Id == KeyOf(site)) is not { } found) return NotFound();
        Input = new SiteInput { SiteName = found.Site.Name, Address = AddressLines.Text(found.Site.Address), IsBilling = found.Site.IsBilling, Version = found.Version };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, string site, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        IsNew = site == ContactModel.New;
        var place = new Site((Input.SiteName ?? "").Trim(), AddressLines.Of(Input.Address), Input.IsBilling);
        if (place.Check() is { Count: > 0 } wrong) return Refused(Input, wrong);
        Abstractions.Values.Failure? refused;
        if (IsNew) (await SiteBook.AddAsync(db, Account.Id, place, cancellationToken)).TryGet(out _, out refused);
        else (await SiteBook.ChangeAsync(db, Account.Id, KeyOf(site), Input.Version, place, cancellationToken)).TryGet(out _, out refused);
        return refused is null ? await DoneAsync(db, $"{place.Name} is saved.", "sites", cancellationToken) : Refused(Input, refused);
    }

    public async Task<IActionResult> OnPostRemoveAsync(long id, string site, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        return (await SiteBook.RemoveAsync(db, Account.Id, KeyOf(site), Input.Version, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, "The site is removed.", "sites", cancellationToken)
            : Refused(Input, refused);
    }

    private static long KeyOf(string text) => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var key) ? key : 0;

    internal sealed record SiteInput
    {
        public string? SiteName { get; init; }

        public string? Address { get; init; }

        public bool IsBilling { get; init; }

        public int Version { get; init; }
    }
}
