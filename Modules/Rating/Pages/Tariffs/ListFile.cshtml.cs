using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Rating.Pages.Tariffs;

/// <summary>The list of tariffs as a file; what they charge is in the document of each version.</summary>
[Demands(Permission.ViewTariffs)]
internal sealed class ListFileModel(CurrentTenant current) : PageModel
{
    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancellationToken)
    {
        if (TableWriter.Of(form, "Tariffs") is not { } file) return NotFound();
        await using var db = await current.BeginAsync(cancellationToken);
        var tariffs = TariffQuery.Of(await TariffBook.LoadAsync(db, cancellationToken), TariffQuery.Read(Request.Query));
        file.Text("Code").Text("Name").Text("State").Text("Version").Text("Published").Text("By").EndRow();
        foreach (var tariff in tariffs)
        {
            file.Text(tariff.Code).Text(tariff.Name).Text(tariff.IsDefault ? "default" : tariff.IsRetired ? "retired" : "current").Number(tariff.Latest);
            if (tariff.PublishedAt is { } at) file.Date(current.Tenant.DayOf(at));
            else file.Text("");
            file.Text(tariff.PublishedBy).EndRow();
        }
        db.Note(new Deed("list.exported", "tariffs", new { Form = form }, new { Rows = tariffs.Count }));
        await db.CommitAsync(cancellationToken);
        return File(file.ToBytes(), file.MediaType, "tariffs" + file.Extension);
    }
}
