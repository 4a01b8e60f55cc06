using Billing.Abstractions.Values;
using Billing.Invoicing.Documents;
using Billing.Portal.Seen;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Portal.Pages.Portal;

/// <summary>One bill: its lines, its VAT, and what may be taken away of it.</summary>
[Demands(Permission.UsePortal)]
internal sealed class BillModel(CurrentTenant current) : PortalPage(current)
{
    public MyBill Bill { get; private set; } = null!;

    public InvoiceDocument Posted { get; private set; } = null!;

    public MyAccount Account { get; private set; } = null!;

    public Currency Currency => Bill.Currency;

    /// <summary>Calls of it can be listed.</summary>
    public bool HasCalls => Account.IsItemised && Posted.Usage is { IsItemised: true };

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        if (await MyBill.FindAsync(db, number, cancellationToken) is not { } bill) return NotFound();
        Bill = bill;
        Account = Accounts.Single(a => a.Number == bill.AccountNumber);
        Posted = await bill.ContentAsync(db, cancellationToken);
        return Page();
    }
}
