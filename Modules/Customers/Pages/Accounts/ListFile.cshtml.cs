using Billing.Screens;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Customers.Pages.Accounts;

/// <summary>The list of accounts as a file.</summary>
[Demands(Permission.ViewAccounts)]
internal sealed class ListFileModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancellationToken)
    {
        if (TableWriter.Of(form, "Accounts") is not { } file) return NotFound();
        await using var db = await current.BeginAsync(cancellationToken);
        var rows = await AccountQuery.RowsAsync(db, AccountQuery.Read(Request.Query), current.Tenant.DayOf(clock.GetUtcNow()), cancellationToken);
        file.Text("Account number").Text("Name").Text("Customer since").Text("Last day").Text("Services").Text("Numbers").Text("Monthly").Text("Pays by").EndRow();
        foreach (var row in rows)
        {
            file.Text(row.Number).Text(row.Name).Date(row.StartedOn);
            if (row.EndedOn is { } ended) file.Date(ended.AddDays(-1));
            else file.Text("");
            file.Number(row.Services).Number(row.Numbers).Number(row.Monthly).Text(row.PaymentMethod).EndRow();
        }
        db.Note(new Deed("list.exported", "accounts", new { Form = form }, new { Rows = rows.Count }));
        await db.CommitAsync(cancellationToken);
        return File(file.ToBytes(), file.MediaType, "accounts" + file.Extension);
    }
}
