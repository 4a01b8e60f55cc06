using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Portal.Grants;
using Billing.Screens;
using Billing.Tenancy.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Portal.Pages.Accounts;

/// <summary>What the pages about an account's access share.</summary>
internal abstract class AccountPage(CurrentTenant current) : PageModel
{
    public Account Account { get; private set; } = null!;

    public IReadOnlyList<StoredService> Services { get; private set; } = [];

    public IReadOnlyList<StoredAssignment> Assignments { get; private set; } = [];

    public IReadOnlyList<StoredContact> Contacts { get; private set; } = [];

    public IReadOnlyList<PortalGrant> Grants { get; private set; } = [];

    public static IEnumerable<SelectListItem> Roles => PortalRole.All.Select(role => new SelectListItem(PortalRole.Written(role), role));

    protected string Country => current.Tenant.Country;

    /// <summary>Reads the account; false when there is none of the id.</summary>
    protected async Task<bool> LoadAsync(TenantDb db, long id, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(db, new AccountId(id), cancellationToken) is not { } stored) return false;
        Account = stored.Account;
        Services = await ServiceBook.LoadAsync(db, Account.Id, cancellationToken);
        Assignments = await NumberBook.LoadAsync(db, Account.Id, cancellationToken);
        Contacts = await ContactBook.LoadAsync(db, Account.Id, cancellationToken);
        Grants = await GrantBook.OfAccountAsync(db, Account.Id, cancellationToken);
        return true;
    }

    /// <summary>The numbers of a service in a few words.</summary>
    public string NumbersOf(StoredService service)
    {
        var blocks = Assignments.Where(a => a.Service == service.Id).Select(a => a.Block.ToString()).Distinct().ToList();
        return blocks.Count <= 3 ? string.Join(", ", blocks) : $"{string.Join(", ", blocks.Take(3))} and {blocks.Count - 3} more";
    }

    /// <summary>What a grant shows, in a few words.</summary>
    public string CallsOf(PortalGrant grant)
    {
        if (grant.SeesAllNumbers) return "every number";
        var parts = grant.Numbers.Select(n => n.Number == 0 ? Services.FirstOrDefault(s => s.Id == n.Service)?.Details.Label ?? "?" : NumberText.Show((ulong)n.Number)).Distinct().ToList();
        return parts.Count == 0 ? "none" : parts.Count <= 4 ? string.Join(", ", parts) : $"{string.Join(", ", parts.Take(4))} and {parts.Count - 4} more";
    }
}
