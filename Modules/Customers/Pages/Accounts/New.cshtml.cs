using Billing.Customers.Accounts;
using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Screens.Forms;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Customers.Pages.Accounts;

/// <summary>A new account with its first contact and its billing address.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class NewModel(CurrentTenant current, TimeProvider clock) : AccountPage(current, clock)
{
    [BindProperty]
    public AccountInput Input { get; set; } = new() { TaxTreatment = "standard", PaymentMethod = "bank-transfer", Delivery = "email" };

    [BindProperty]
    public FirstContact First { get; set; } = new();

    public IReadOnlyList<SelectListItem> Tariffs { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        Input = Input with { StartedOn = Today, PaymentDays = Current.Tenant.PaymentDays };
        Tariffs = await EditModel.TariffsAsync(db, null, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        Tariffs = await EditModel.TariffsAsync(db, Input.TariffId, cancellationToken);
        var details = Input.ToDetails(Today);
        var address = AddressLines.Of(First.Address);
        var account = new NewAccount(details.Number, details.Name, details.TariffId, details.StartedOn)
        {
            TaxTreatment = details.TaxTreatment,
            VatNumber = AccountBook.Blank(details.VatNumber),
            PaymentMethod = details.PaymentMethod,
            PaymentDays = details.PaymentDays,
            Delivery = details.Delivery,
            IsItemised = details.IsItemised,
            InvoiceMessage = AccountBook.Blank(details.InvoiceMessage),
            Contacts = string.IsNullOrWhiteSpace(First.ContactName) && string.IsNullOrWhiteSpace(First.Email) ? []
                : [new Contact((First.ContactName ?? "").Trim(), AccountBook.Blank(First.Email), null, !string.IsNullOrWhiteSpace(First.Email))],
            Sites = address.Count == 0 ? [] : [new Site("Billing address", address, true)],
        };
        foreach (var failure in details.Check()) ModelState.Refuse(failure, Input);
        foreach (var failure in account.Contacts.SelectMany(c => c.Check()).Concat(account.Sites.SelectMany(s => s.Check()))) ModelState.Refuse(failure, First, nameof(First));
        if (!ModelState.IsValid) return Page();
        if (!(await AccountBook.OpenAsync(db, account, cancellationToken)).TryGet(out var id, out var refused)) return Refused(Input, refused);
        await FindAsync(db, id.Value, cancellationToken);
        return await DoneAsync(db, $"Account {account.Number} {account.Name} is open.", "", cancellationToken);
    }

    internal sealed record FirstContact
    {
        public string? ContactName { get; init; }

        public string? Email { get; init; }

        public string? Address { get; init; }
    }
}
