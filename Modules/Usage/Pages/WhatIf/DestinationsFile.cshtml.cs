using Billing.Screens;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.WhatIf;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.WhatIf;

/// <summary>Destinations of a replay as a file.</summary>
[Demands(Permission.ViewBilling)]
internal sealed class DestinationsFileModel(CurrentTenant current) : PageModel
{
    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetAsync(long id, string form, CancellationToken cancellationToken)
    {
        if (TableWriter.Of(form, "Destinations") is not { } file) return NotFound();
        await using var db = await current.BeginAsync(cancellationToken);
        if (await WhatIfBook.FindAsync(db, id, cancellationToken) is null) return NotFound();
        var outcome = await WhatIfRows.LoadAsync(db, id, cancellationToken);
        var currency = current.Tenant.Currency;
        var rows = outcome.Destinations;
        foreach (var heading in (string[])["Kind", "Destination", "Calls", "Seconds", "Charged, " + currency, "Before, " + currency, "After, " + currency, "Change, " + currency, "Change, %", "Cost, " + currency, "Margin before, " + currency,
            "Margin after, " + currency, "Priced otherwise", "Without a price now", "Worth before, " + currency]) file.Text(heading);
        file.EndRow();
        foreach (var (kind, destination, figures) in rows)
        {
            file.Text(kind).Text(destination).Number(figures.Calls).Number(figures.Seconds).Price(figures.Charged).Price(figures.Before).Price(figures.After).Price(figures.Change);
            if (figures.ChangePercent is { } percent) file.Number(percent);
            else file.Text(null);
            file.Price(figures.Cost).Price(figures.MarginBefore).Price(figures.MarginAfter).Number(figures.PricedOtherwise).Number(figures.Lost).Price(figures.LostWorth).EndRow();
        }
        db.Note(new Deed("list.exported", "what-if", new { WhatIfId = id, Form = form }, new { Rows = rows.Count }));
        await db.CommitAsync(cancellationToken);
        return File(file.ToBytes(), file.MediaType, "what-if-destinations" + file.Extension);
    }
}
