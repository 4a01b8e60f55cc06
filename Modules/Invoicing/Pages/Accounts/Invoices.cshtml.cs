using Billing.Customers.Accounts;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Invoicing.Pages.Accounts;

/// <summary>What one account was billed, and what it used month by month.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class InvoicesModel(CurrentTenant current) : PageModel
{
    private const int MostMonths = 24;

    public Account Account { get; private set; } = null!;

    public IReadOnlyList<(string Number, DateOnly Date, DateOnly DueOn, decimal Gross)> Invoices { get; private set; } = [];

    /// <summary>Priced calls by the month they began in, on the tenant's clock; the newest first.</summary>
    public IReadOnlyList<(string Month, long Calls, long Seconds, decimal Charge, decimal Unbilled)> Usage { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await AccountBook.FindAsync(db, new AccountId(id), cancellationToken) is not { } found) return NotFound();
        Account = found.Account;
        Invoices = await db.QueryAsync($"select number, invoice_date, due_on, gross from invoicing.invoice where account_id = {id} order by sequence desc",
            row => (row.Text(0), row.Date(1), row.Date(2), row.Decimal(3)), cancellationToken);
        Usage = await db.QueryAsync($"""
            select to_char(started_at at time zone {current.Tenant.TimeZone.Id}, 'YYYY-MM'), count(*), coalesce(sum(seconds), 0)::bigint, coalesce(sum(charge), 0), coalesce(sum(charge) filter (where state = 'open'), 0)
            from usage.call where account_id = {id} and state in ('open', 'billed', 'covered', 'zero-rated') and is_answered
            group by 1 order by 1 desc limit {MostMonths}
            """, row => (row.Text(0), row.Long(1), row.Long(2), row.Decimal(3), row.Decimal(4)), cancellationToken);
        return Page();
    }
}
