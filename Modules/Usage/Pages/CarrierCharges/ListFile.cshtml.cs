using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.CarrierCharges;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CarrierCharges;

/// <summary>The lines of carriers' charges as a file.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class ListFileModel(CurrentTenant current) : PageModel
{
    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancellationToken)
    {
        if (TableWriter.Of(form, "Carrier charges") is not { } file) return NotFound();
        var mayMend = current.May(Permission.MendUsage);
        string? Shown(string? text) => mayMend ? text : MaskedText.Of(text);
        var query = ListQuery.Read(Request.Query, CarrierChargeList.Sorts, int.MaxValue, "state", "month");
        await using var db = await current.BeginAsync(cancellationToken);
        var lines = await CarrierChargeList.LoadAsync(db, IndexModel.FilterOf(query, mayMend), query.Sort, query.IsDescending, 0, int.MaxValue, cancellationToken);
        foreach (var heading in (string[])["File", "Line", "Carrier", "Service", "Product", "Description", "First day", "Last day", "Quantity", "Amount", "Currency", "State", "By", "Account", "Customer", "Service of the customer", "What is wrong", "Why"]) file.Text(heading);
        file.EndRow();
        foreach (var line in lines)
        {
            file.Text(line.FileName).Number(line.Line).Text(line.Carrier).Text(Shown(line.Subject)).Text(line.Code).Text(line.Description);
            if (line.Period is { } period) file.Date(period.From).Date(period.To!.Value.AddDays(-1));
            else file.Text(null).Text(null);
            if (line is { Quantity: { } quantity, Amount: { } amount }) file.Number(quantity).Price(amount);
            else file.Text(null).Text(null);
            file.Text(line.Currency).Text(line.State).Text(line.AllocatedBy ?? line.RuledBy).Text(line.AccountNumber).Text(line.AccountName).Text(line.ServiceLabel)
                .Text(line.State is ChargeState.Unallocated or ChargeState.Bad ? Shown(line.ErrorMessage) : null).Text(line.Why).EndRow();
        }
        db.Note(new Deed("list.exported", "carrier charges", new { Form = form }, new { Rows = lines.Count }));
        await db.CommitAsync(cancellationToken);
        return File(file.ToBytes(), file.MediaType, "carrier-charges" + file.Extension);
    }
}
