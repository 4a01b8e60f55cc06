using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Customers.Pages.Accounts;

/// <summary>A service: added, renamed, moved, given a tariff of its own.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class ServiceModel(CurrentTenant current, TimeProvider clock) : AccountPage(current, clock)
{
    [BindProperty]
    public ServiceInput Input { get; set; } = new();

    public bool IsNew { get; private set; }

    public IReadOnlyList<SelectListItem> Sites { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Tariffs { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, string service, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        IsNew = service == ContactModel.New;
        if (!IsNew)
        {
            if ((await ServiceBook.LoadAsync(db, Account.Id, cancellationToken)).FirstOrDefault(s => s.Id == KeyOf(service)) is not { } found) return NotFound();
            Input = new ServiceInput { Label = found.Details.Label, SiteId = found.Details.SiteId, TariffId = found.Details.TariffId, Version = found.Version };
        }
        await LoadOptionsAsync(db, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, string service, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        IsNew = service == ContactModel.New;
        await LoadOptionsAsync(db, cancellationToken);
        var details = new ServiceDetails((Input.Label ?? "").Trim(), Input.SiteId, Input.TariffId);
        if (details.Check() is { Count: > 0 } wrong) return Refused(Input, wrong);
        Abstractions.Values.Failure? refused;
        if (IsNew) (await ServiceBook.AddAsync(db, Account.Id, details, cancellationToken)).TryGet(out _, out refused);
        else (await ServiceBook.ChangeAsync(db, Account.Id, KeyOf(service), Input.Version, details, cancellationToken)).TryGet(out _, out refused);
        return refused is null ? await DoneAsync(db, $"{details.Label} is saved.", "services", cancellationToken) : Refused(Input, refused);
    }

    private async Task LoadOptionsAsync(TenantDb db, CancellationToken cancellationToken)
    {
        Sites = [new SelectListItem("None in particular", ""), .. (await SiteBook.LoadAsync(db, Account.Id, cancellationToken)).Select(s => new SelectListItem(s.Site.Name, s.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        Tariffs = [new SelectListItem("The account's", ""), .. (await EditModel.TariffsAsync(db, Input.TariffId, cancellationToken)).Skip(1)];
    }

    private static ServiceId KeyOf(string text) => new(long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var key) ? key : 0);

    internal sealed record ServiceInput
    {
        public string? Label { get; init; }

        public long? SiteId { get; init; }

        public long? TariffId { get; init; }

        public int Version { get; init; }
    }
}
