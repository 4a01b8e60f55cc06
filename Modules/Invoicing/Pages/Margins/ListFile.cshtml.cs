using System.Globalization;
using Billing.Invoicing.Margins;
using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Invoicing.Pages.Margins;

/// <summary>The margins of a month as a file.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class ListFileModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancellationToken)
    {
        if (TableWriter.Of(form, "Margin on carrier charges") is not { } file) return NotFound();
        var query = ListQuery.Read(Request.Query, MarginList.Sorts, int.MaxValue, "month", "verdict");
        await using var db = await current.BeginAsync(cancellationToken);
        var margin = await CarrierMargin.LoadAsync(db, current.Tenant, IndexModel.MonthOf(query), current.Tenant.DayOf(clock.GetUtcNow()), cancellationToken);
        var rows = MarginList.Of(margin, query);
        foreach (var heading in (string[])["Month", "Account", "Customer", "Service", "Sold on as", "Lines", "Carrier charges", "We charge", "Margin", "Suggested", "Currency", "So"]) file.Text(heading);
        file.EndRow();
        foreach (var row in rows)
        {
            file.Text(margin.Month.From.ToString("yyyy-MM", CultureInfo.InvariantCulture)).Text(row.AccountNumber).Text(row.AccountName).Text(row.Service).Text(row.Product).Number(row.Lines).Price(row.Cost).Price(row.Charge).Price(row.Margin);
            if (row.Suggested is { } suggested) file.Price(suggested);
            else file.Text(null);
            file.Text(current.Tenant.Currency.Code).Text(MarginList.Say(row.Verdict)).EndRow();
        }
        db.Note(new Deed("list.exported", "carrier margin", new { Form = form }, new { Rows = rows.Count }));
        await db.CommitAsync(cancellationToken);
        return File(file.ToBytes(), file.MediaType, "carrier-margin" + file.Extension);
    }
}
