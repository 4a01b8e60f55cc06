using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Portal.Seen;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Portal.Pages.Portal;

/// <summary>Changes one contact, adds one, or takes one away: an owner anybody's, others their own.</summary>
[Demands(Permission.UsePortal)]
internal sealed class ContactModel(CurrentTenant current) : PortalPage(current)
{
    [BindProperty]
    public ContactForm Form { get; set; } = new();

    /// <summary>The account it belongs to.</summary>
    public MyAccount Account { get; private set; } = null!;

    /// <summary>What is stored; null for a new one.</summary>
    public MyContact? Stored { get; private set; }

    /// <summary>Who gets the bill is the owner's to say.</summary>
    public bool DecidesOnBills => Account.KeepsContacts;

    public bool MayRemove => Stored is { IsMe: false } && Account.KeepsContacts;

    public async Task<IActionResult> OnGetAsync(string id, string? account, CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        if (!await FindAsync(db, id, account, cancellationToken)) return NotFound();
        if (Stored is not null) Form = ContactForm.Of(Stored.Contact, Stored.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, string? account, CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        if (!await FindAsync(db, id, account, cancellationToken)) return NotFound();
        ModelState.Clear();
        var contact = Form.ToContact();
        if (!DecidesOnBills) contact = contact with { IsInvoiceRecipient = Stored!.Contact.IsInvoiceRecipient };
        Failure? wrong;
        if (Stored is null) (await ContactBook.AddAsync(db, new AccountId(Account.Id), contact, cancellationToken)).TryGet(out _, out wrong);
        else (await ContactBook.ChangeAsync(db, Stored.Account, Stored.Id, Form.Version, contact, cancellationToken)).TryGet(out _, out wrong);
        if (wrong is not null)
        {
            ModelState.AddModelError(ContactForm.MemberOf(wrong.Field), wrong.Message);
            return Page();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"{contact.Name.Trim()} is saved.");
        return LocalRedirect("~/portal/contacts");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        if (!await FindAsync(db, id, null, cancellationToken) || !MayRemove) return NotFound();
        ModelState.Clear();
        if (!(await ContactBook.RemoveAsync(db, Stored!.Account, Stored.Id, Form.Version, cancellationToken)).TryGet(out _, out var wrong))
        {
            var typed = Form.Version;
            Form = ContactForm.Of(Stored.Contact, typed);
            ModelState.AddModelError("", wrong.Code == "records.in-use" ? $"{Stored.Contact.Name} signs in here, so this contact stays. Ask us to end that sign-in first." : wrong.Message);
            return Page();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"{Stored.Contact.Name} is removed.");
        return LocalRedirect("~/portal/contacts");
    }

    // "new" with an account, or a number; nothing here says whether a contact that is not theirs exists.
    private async Task<bool> FindAsync(TenantDb db, string id, string? account, CancellationToken cancellationToken)
    {
        if (id == "new")
        {
            if (Accounts.FirstOrDefault(a => a.Number == account && a.KeepsContacts) is not { } owned) return false;
            Account = owned;
            return true;
        }
        if (!long.TryParse(id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)) return false;
        if (await MyContact.FindAsync(db, number, cancellationToken) is not { } contact) return false;
        (Stored, Account) = (contact, Accounts.Single(a => a.Number == contact.AccountNumber));
        return true;
    }
}
