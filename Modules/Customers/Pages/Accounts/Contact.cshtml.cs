using Billing.Customers.Accounts;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Customers.Pages.Accounts;

/// <summary>A contact: added, changed, removed.</summary>
[Demands(Permission.ChangeAccounts)]
internal sealed class ContactModel(CurrentTenant current, TimeProvider clock) : AccountPage(current, clock)
{
    public const string New = "new";

    [BindProperty]
    public ContactInput Input { get; set; } = new();

    public bool IsNew { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, string contact, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        IsNew = contact == New;
        if (IsNew) return Page();
        if ((await ContactBook.LoadAsync(db, Account.Id, cancellationToken)).FirstOrDefault(c => c.Id == KeyOf(contact)) is not { } found) return NotFound();
        Input = new ContactInput { ContactName = found.Contact.Name, Email = found.Contact.Email, Phone = found.Contact.Phone, IsInvoiceRecipient = found.Contact.IsInvoiceRecipient, Version = found.Version };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, string contact, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        IsNew = contact == New;
        var person = new Contact((Input.ContactName ?? "").Trim(), AccountBook.Blank(Input.Email), AccountBook.Blank(Input.Phone), Input.IsInvoiceRecipient);
        if (person.Check() is { Count: > 0 } wrong) return Refused(Input, wrong);
        Abstractions.Values.Failure? refused;
        if (IsNew) (await ContactBook.AddAsync(db, Account.Id, person, cancellationToken)).TryGet(out _, out refused);
        else (await ContactBook.ChangeAsync(db, Account.Id, KeyOf(contact), Input.Version, person, cancellationToken)).TryGet(out _, out refused);
        return refused is null ? await DoneAsync(db, $"{person.Name} is saved.", "contacts", cancellationToken) : Refused(Input, refused);
    }

    public async Task<IActionResult> OnPostRemoveAsync(long id, string contact, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        return (await ContactBook.RemoveAsync(db, Account.Id, KeyOf(contact), Input.Version, cancellationToken)).TryGet(out _, out var refused)
            ? await DoneAsync(db, "The contact is removed.", "contacts", cancellationToken)
            : Refused(Input, refused);
    }

    private static long KeyOf(string text) => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var key) ? key : 0;

    internal sealed record ContactInput
    {
        public string? ContactName { get; init; }

        public string? Email { get; init; }

        public string? Phone { get; init; }

        public bool IsInvoiceRecipient { get; init; } = true;

        public int Version { get; init; }
    }
}
