using Billing.Access.Entrance;
using Billing.Portal.Grants;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Portal.Pages.Accounts;

/// <summary>Who sees an account in the portal, and the invitation of somebody else.</summary>
[Demands(Permission.ViewAccounts)]
internal sealed class AccessModel(CurrentTenant current, Invitations invitations, TimeProvider clock) : AccountPage(current)
{
    private readonly CurrentTenant current = current;

    [BindProperty]
    public GrantForm Form { get; set; } = new();

    public IReadOnlyDictionary<long, Person> People { get; private set; } = new Dictionary<long, Person>();

    public IReadOnlyList<HostName> Hosts { get; private set; } = [];

    public bool MayInvite => current.May(Permission.ManagePeople);

    /// <summary>Contacts who could be invited: with an address, and not in yet.</summary>
    public IEnumerable<SelectListItem> Candidates => Contacts.Where(c => c.Contact.Email is not null && Grants.All(g => g.ContactId != c.Id))
        .Select(c => new SelectListItem($"{c.Contact.Name}, {c.Contact.Email}", c.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))
        .Append(new SelectListItem("Somebody else (an accountant, for example)", "0"));

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        Form.Contact = long.Parse(Candidates.First().Value, System.Globalization.CultureInfo.InvariantCulture);
        return Page();
    }

    [Demands(Permission.ManagePeople)]
    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        ModelState.Clear();
        if (Hosts.Count == 0) return Again(new Billing.Abstractions.Values.Failure("portal.no-host", "No host name leads to the portal yet, so an invitation would lead nowhere. Add one first."));
        var contact = Contacts.FirstOrDefault(c => c.Id == Form.Contact)?.Contact;
        var (name, email) = contact is null ? (Form.Name ?? "", Form.Email ?? "") : (contact.Name, contact.Email ?? "");
        if (!Form.Chosen(Assignments, Country).TryGet(out var numbers, out var wrong)) return Again(wrong);

        var person = await Tenancy.Users.People.FindAsync(db, PersonKind.Customer, email, cancellationToken);
        var isNew = person is null;
        if (person is null)
        {
            if (!(await Tenancy.Users.People.AddAsync(db, PersonKind.Customer, email, name, Role.Customer, Account.Id.Value, clock.GetUtcNow(), cancellationToken)).TryGet(out var made, out wrong))
                return Again(wrong with { Field = wrong.Code == "people.no-name" ? "name" : "email" });
            person = (await Tenancy.Users.People.FindAsync(db, made, cancellationToken))!;
        }
        var grant = new PortalGrant(person.Id.Value, Account.Id, contact is null ? null : Form.Contact, Form.Role, Form.Numbers == GrantForm.Every, numbers, 1);
        if (!(await GrantBook.GrantAsync(db, grant, clock.GetUtcNow(), cancellationToken)).TryGet(out _, out wrong)) return Again(wrong);
        if (!person.HasPassword) await invitations.SendAsync(db, person, LinkPurpose.Invitation, cancellationToken);
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, isNew || !person.HasPassword ? $"{person.Name} sees account {Account.Number} now. The invitation to {person.Email} is in the outbox." : $"{person.Name} sees account {Account.Number} now, with the sign-in they have.");
        return LocalRedirect($"~/accounts/{id}/portal");
    }

    private PageResult Again(Billing.Abstractions.Values.Failure wrong)
    {
        ModelState.AddModelError(GrantForm.MemberOf(wrong.Field), wrong.Message);
        return Page();
    }

    private async Task<bool> FindAsync(TenantDb db, long id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(db, id, cancellationToken)) return false;
        var seen = Grants.Select(g => g.PersonId).ToHashSet();
        People = (await Tenancy.Users.People.ListAsync(db, PersonKind.Customer, cancellationToken)).Where(p => seen.Contains(p.Id.Value)).ToDictionary(p => p.Id.Value);
        Hosts = [.. (await HostNames.ListAsync(db, cancellationToken)).Where(h => h.IsPortal)];
        return true;
    }
}
