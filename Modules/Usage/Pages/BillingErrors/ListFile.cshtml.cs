using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.Matching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.BillingErrors;

/// <summary>The causes of billing errors as a file.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class ListFileModel(CurrentTenant current) : PageModel
{
    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancellationToken)
    {
        if (TableWriter.Of(form, "Billing errors") is not { } file) return NotFound();
        await using var db = await current.BeginAsync(cancellationToken);
        var mayMend = current.May(Permission.MendUsage);
        string? Shown(string? text) => mayMend ? text : MaskedText.Of(text);
        var causes = CauseList.Of(await ErrorDesk.LoadAsync(db, cancellationToken), ListQuery.Read(Request.Query, CauseList.Sorts, int.MaxValue), Shown);
        foreach (var heading in (string[])["Code", "Cause", "What is wrong", "Calls", "Seconds", "Cost at stake, " + current.Tenant.Currency, "In other currencies", "Calls without a cost", "First in file", "On line"]) file.Text(heading);
        file.EndRow();
        foreach (var cause in causes)
            file.Text(cause.Code).Text(Shown(cause.Title)).Text(Shown(cause.Message)).Number(cause.Calls).Number(cause.Seconds).Price(cause.Stake.In(current.Tenant.Currency)).Text(Others(cause.Stake)).Number(cause.Stake.CallsWithoutCost)
                .Text(cause.FirstFile).Number(cause.FirstLine).EndRow();
        db.Note(new Deed("list.exported", "billing errors", new { Form = form }, new { Rows = causes.Count }));
        await db.CommitAsync(cancellationToken);
        return File(file.ToBytes(), file.MediaType, "billing-errors" + file.Extension);
    }

    private string Others(Stake stake) =>
        string.Join(", ", stake.Known.Where(money => money.Currency != current.Tenant.Currency).Select(money => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{money.Amount} {money.Currency}")));
}
