using Billing.Screens;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.WhatIf;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.WhatIf;

/// <summary>What customers are to be told: typical months before and after, of each account that would pay another amount.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class NoticesFileModel(CurrentTenant current) : PageModel
{
    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetAsync(long id, string form, CancellationToken cancellationToken)
    {
        if (TableWriter.Of(form, "Price changes") is not { } file) return NotFound();
        await using var db = await current.BeginAsync(cancellationToken);
        if (await WhatIfBook.FindAsync(db, id, cancellationToken) is null) return NotFound();
        var outcome = await WhatIfRows.LoadAsync(db, id, cancellationToken);
        var currency = current.Tenant.Currency;
        var rows = outcome.Accounts.Where(account => account.TypicalBefore(currency) != account.TypicalAfter(currency)).OrderBy(account => account.Number, StringComparer.Ordinal).ToList();
        foreach (var heading in (string[])["Account", "Name", "Months with calls", "Typical month now, " + currency, "Typical month then, " + currency, "Change a month, " + currency, "Change, %"]) file.Text(heading);
        file.EndRow();
        foreach (var row in rows)
        {
            var (now, then) = (row.TypicalBefore(currency), row.TypicalAfter(currency));
            file.Text(row.Number).Text(row.Name).Number(row.Months).Number(now).Number(then).Number(then - now);
            if (row.Figures.ChangePercent is { } percent) file.Number(percent);
            else file.Text(null);
            file.EndRow();
        }
        db.Note(new Deed("list.exported", "what-if", new { WhatIfId = id, Form = form }, new { Rows = rows.Count }));
        await db.CommitAsync(cancellationToken);
        return File(file.ToBytes(), file.MediaType, "what-if-notices" + file.Extension);
    }
}
