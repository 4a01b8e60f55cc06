using Billing.Portal.Seen;
using Billing.Screens;
using Billing.Tenancy.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Portal.Pages;

/// <summary>What every page of a customer's begins with: a transaction in the person's name, and the accounts they may see.</summary>
internal abstract class PortalPage(CurrentTenant current) : PageModel
{
    /// <summary>The accounts of whoever asks.</summary>
    public IReadOnlyList<MyAccount> Accounts { get; private set; } = [];

    /// <summary>True where several accounts have to be told apart.</summary>
    public bool HasSeveral => Accounts.Count > 1;

    /// <summary>Begins the transaction. Its views show what this person may see and nothing else.</summary>
    protected async Task<TenantDb> OpenAsync(CancellationToken cancellationToken)
    {
        var db = await current.BeginAsync(cancellationToken);
        try
        {
            Accounts = await MyAccount.LoadAsync(db, cancellationToken);
            ViewData["Accounts"] = Accounts;
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
