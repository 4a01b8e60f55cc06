using Billing.Catalog.Products;
using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Catalog.Pages.Products;

/// <summary>The price list as a file, in the form that its import takes: changed in a spreadsheet, it can come back.</summary>
[Demands(Permission.ViewTariffs)]
internal sealed class ListFileModel(CurrentTenant current) : PageModel
{
    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancellationToken)
    {
        if (TableWriter.Of(form, "Products") is not { } file) return NotFound();
        await using var db = await current.BeginAsync(cancellationToken);
        var products = PriceList.Of(await ProductBook.LoadAsync(db, cancellationToken), ListQuery.Read(Request.Query, PriceList.Sorts, int.MaxValue));
        foreach (var heading in (string[])["Code", "Name", "Price", "Every", "When", "Part period", "VAT category", "Nominal code", "Not sold since"]) file.Text(heading);
        file.EndRow();
        foreach (var (_, product, retired, _) in products)
        {
            file.Text(product.Code).Text(product.Name).Price(product.Price);
            if (product.Terms is { } terms) file.Number(terms.EveryMonths).Text(RecurringTerms.TextOf(terms.Billing)).Text(RecurringTerms.TextOf(terms.Basis));
            else file.Text("once").Text(null).Text(null);
            file.Text(product.TaxCategory).Text(product.NominalCode);
            if (retired is { } day) file.Date(day);
            else file.Text(null);
            file.EndRow();
        }
        db.Note(new Deed("list.exported", "products", new { Form = form }, new { Rows = products.Count }));
        await db.CommitAsync(cancellationToken);
        return File(file.ToBytes(), file.MediaType, "products" + file.Extension);
    }
}
