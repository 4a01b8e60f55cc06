using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Screens;
using Billing.Screens.Forms;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Usage.Allowances;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Billing.Usage.Pages.Allowances;

/// <summary>What the forms about an account's allowances have in common: whatever they change is drawn for in the same transaction.</summary>
internal abstract class AccountForm(CurrentTenant current, TimeProvider clock) : PageModel
{
    public Account Account { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> Services { get; private set; } = [];

    public DateOnly Today => Current.Tenant.DayOf(clock.GetUtcNow());

    protected CurrentTenant Current { get; } = current;

    protected DateTimeOffset Now => clock.GetUtcNow();

    protected async Task<bool> FindAsync(TenantDb db, long id, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(db, new AccountId(id), cancellationToken) is not { } found) return false;
        Account = found.Account;
        Services = [new SelectListItem("The account as a whole", ""), .. (await ServiceBook.LoadAsync(db, Account.Id, cancellationToken)).Select(s => new SelectListItem(s.Details.Label, s.Id.Value.ToString(CultureInfo.InvariantCulture)))];
        return true;
    }

    public string LabelOf(ServiceId? service) => service is { } id ? Services.FirstOrDefault(s => s.Value == id.Value.ToString(CultureInfo.InvariantCulture))?.Text ?? "" : "the account";

    protected PageResult Refused(object input, params IEnumerable<Failure> failures)
    {
        foreach (var failure in failures) ModelState.Refuse(failure, input);
        return Page();
    }

    protected async Task<IActionResult> DoneAsync(TenantDb db, string words, CancellationToken cancellationToken)
    {
        await AllowanceDraws.RedrawAsync(db, Current.Tenant, Account.Id, cancellationToken);
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, words);
        return LocalRedirect(Url.Content(string.Create(CultureInfo.InvariantCulture, $"~/accounts/{Account.Id.Value}/allowances")));
    }
}
