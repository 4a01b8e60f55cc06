using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Screens;
using Billing.Screens.Forms;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Customers.Pages.Accounts;

/// <summary>What the forms of an account have in common: whose they are, how a refusal is shown, where one lands when it is done.</summary>
internal abstract class AccountPage(CurrentTenant current, TimeProvider clock) : PageModel
{
    public StoredAccount Stored { get; private set; } = null!;

    public Account Account => Stored.Account;

    protected CurrentTenant Current { get; } = current;

    public DateOnly Today => Current.Tenant.DayOf(clock.GetUtcNow());

    protected async Task<bool> FindAsync(TenantDb db, long id, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(db, new AccountId(id), cancellationToken) is not { } found) return false;
        Stored = found;
        return true;
    }

    /// <summary>The form again, with what is wrong beside its fields.</summary>
    protected IActionResult Refused(object input, params IEnumerable<Failure> failures)
    {
        foreach (var failure in failures) ModelState.Refuse(failure, input);
        return Page();
    }

    /// <summary>Makes it true and goes back to the account.</summary>
    protected async Task<IActionResult> DoneAsync(TenantDb db, string words, string anchor, CancellationToken cancellationToken)
    {
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, words);
        return LocalRedirect(Url.Content(string.Create(CultureInfo.InvariantCulture, $"~/accounts/{Account.Id.Value}")) + (anchor.Length > 0 ? "#" + anchor : ""));
    }
}
