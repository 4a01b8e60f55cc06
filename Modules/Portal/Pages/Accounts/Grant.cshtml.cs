using Billing.Abstractions.Values;
using Billing.Portal.Grants;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Portal.Pages.Accounts;

/// <summary>What one person sees of an account.</summary>
[Demands(Permission.ViewAccounts)]
internal sealed class GrantModel(CurrentTenant current) : AccountPage(current)
{
    private readonly CurrentTenant current = current;

    [BindProperty]
    public GrantForm Form { get; set; } = new();

    public Person Person { get; private set; } = null!;

    public PortalGrant Stored { get; private set; } = null!;

    public bool MayChange => current.May(Permission.ManagePeople);

    public async Task<IActionResult> OnGetAsync(long id, long person, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, person, cancellationToken)) return NotFound();
        Form = GrantForm.Of(Stored);
        return Page();
    }

    [Demands(Permission.ManagePeople)]
    public async Task<IActionResult> OnPostAsync(long id, long person, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, person, cancellationToken)) return NotFound();
        ModelState.Clear();
        if (!Form.Chosen(Assignments, Country).TryGet(out var numbers, out var wrong)) return Again(wrong);
        var grant = Stored with { Role = Form.Role, SeesAllNumbers = Form.Numbers == GrantForm.Every, Numbers = numbers, Version = Form.Version };
        if (!(await GrantBook.ChangeAsync(db, grant, cancellationToken)).TryGet(out _, out wrong)) return Again(wrong);
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"What {Person.Name} sees of {Account.Number} is changed.");
        return LocalRedirect($"~/accounts/{id}/portal");
    }

    [Demands(Permission.ManagePeople)]
    public async Task<IActionResult> OnPostWithdrawAsync(long id, long person, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, person, cancellationToken)) return NotFound();
        ModelState.Clear();
        if (!(await GrantBook.WithdrawAsync(db, person, Account.Id, Form.Version, cancellationToken)).TryGet(out _, out var wrong))
        {
            Form = GrantForm.Of(Stored);
            return Again(wrong);
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"{Person.Name} sees account {Account.Number} no more.");
        return LocalRedirect($"~/accounts/{id}/portal");
    }

    private PageResult Again(Failure wrong)
    {
        ModelState.AddModelError(GrantForm.MemberOf(wrong.Field), wrong.Message);
        return Page();
    }

    private async Task<bool> FindAsync(TenantDb db, long id, long person, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(db, id, cancellationToken) || Grants.FirstOrDefault(g => g.PersonId == person) is not { } grant) return false;
        Stored = grant;
        Person = (await People.FindAsync(db, new PersonId(person), cancellationToken))!;
        return true;
    }
}
