using Billing.Screens;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.Trend;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.BillingErrors;

/// <summary>The error rate as a file, with all causes.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class TrendFileModel(CurrentTenant current, IRunPeriods runs) : PageModel
{
    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetAsync(string form, string? by, CancellationToken cancellationToken)
    {
        if (TableWriter.Of(form, "Error rate") is not { } file) return NotFound();
        var kind = TrendModel.Read(by);
        await using var db = await current.BeginAsync(cancellationToken);
        var points = await ErrorTrend.LoadAsync(db, current.Tenant, kind, runs, cancellationToken);
        var codes = ErrorTrend.Codes(points);
        foreach (var heading in (string[])[TrendModel.Heading(kind), "Lines", "Became errors", "Of a thousand", "Errors now", .. codes]) file.Text(heading);
        file.EndRow();
        foreach (var point in points)
        {
            file.Text(point.Label).Number(point.Lines).Number(point.Errors).Price(point.PerThousand).Number(point.Open);
            foreach (var code in codes) file.Number(point.Arisen.GetValueOrDefault(code));
            file.EndRow();
        }
        db.Note(new Deed("list.exported", "error rate", new { Form = form, By = TrendModel.Word(kind) }, new { Rows = points.Count }));
        await db.CommitAsync(cancellationToken);
        return File(file.ToBytes(), file.MediaType, "error-rate" + file.Extension);
    }
}
