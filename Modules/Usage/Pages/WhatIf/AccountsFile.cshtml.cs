using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.WhatIf;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.WhatIf;

/// <summary>Accounts of a replay as a file.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class AccountsFileModel(CurrentTenant current) : PageModel
{
    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetAsync(long id, string form, CancellationToken cancellationToken)
    {
        if (TableWriter.Of(form, "Customers") is not { } file) return NotFound();
        await using var db = await current.BeginAsync(cancellationToken);
        if (await WhatIfBook.FindAsync(db, id, cancellationToken) is null) return NotFound();
        var outcome = await WhatIfRows.LoadAsync(db, id, cancellationToken);
        var currency = current.Tenant.Currency;
        var rows = AccountChanges.Of(outcome.Accounts, ListQuery.Read(Request.Query, AccountChanges.Sorts, int.MaxValue));
        foreach (var heading in (string[])["Account", "Name", "Months with calls", "Calls", "Charged, " + currency, "Before, " + currency, "After, " + currency, "Change, " + currency, "Change, %", "Of all rises or falls, %", "Cost, " + currency,
            "Margin before, " + currency, "Margin after, " + currency, "Priced otherwise", "Without a price now", "Worth before, " + currency]) file.Text(heading);
        file.EndRow();
        foreach (var row in rows)
        {
            var figures = row.Figures;
            file.Text(row.Number).Text(row.Name).Number(row.Months).Number(figures.Calls).Price(figures.Charged).Price(figures.Before).Price(figures.After).Price(figures.Change);
            if (figures.ChangePercent is { } percent) file.Number(percent);
            else file.Text(null);
            if (row.Share is { } share) file.Number(share);
            else file.Text(null);
            file.Price(figures.Cost).Price(figures.MarginBefore).Price(figures.MarginAfter).Number(figures.PricedOtherwise).Number(figures.Lost).Price(figures.LostWorth).EndRow();
        }
        db.Note(new Deed("list.exported", "what-if", new { WhatIfId = id, Form = form }, new { Rows = rows.Count }));
        await db.CommitAsync(cancellationToken);
        return File(file.ToBytes(), file.MediaType, "what-if-accounts" + file.Extension);
    }
}
