using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Billing.Usage.RatedCalls;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>The list of CDR files as a file.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class ListFileModel(CurrentTenant current) : PageModel
{
    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancellationToken)
    {
        if (TableWriter.Of(form, "CDR files") is not { } file) return NotFound();
        await using var db = await current.BeginAsync(cancellationToken);
        var rows = CdrFileList.Of(await UsageBalance.LoadAsync(db, null, cancellationToken), ListQuery.Read(Request.Query, CdrFileList.Sorts, int.MaxValue));
        foreach (var heading in (string[])["File", "Carrier", "Format", "Kind", "Lines", "Billed", "Zero-rated", "Waiting", "Excluded", "Duplicate", "Error", "Headings"]) file.Text(heading);
        file.EndRow();
        foreach (var row in rows)
        {
            file.Text(row.Name).Text(row.Carrier).Text(row.Format).Text(row.Kind);
            foreach (var count in (long[])[row.Lines, row.Billed + row.InAllowance, row.ZeroRated, row.Open + row.Held, row.Excluded, row.Duplicate, row.Error, row.Skipped]) file.Number(count);
            file.EndRow();
        }
        db.Note(new Deed("list.exported", "cdr files", new { Form = form }, new { Rows = rows.Count }));
        await db.CommitAsync(cancellationToken);
        return File(file.ToBytes(), file.MediaType, "cdr-files" + file.Extension);
    }
}
