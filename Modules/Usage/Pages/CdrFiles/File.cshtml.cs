using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Billing.Usage.RatedCalls;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>One file, and its lines by state: those in error first.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class FileModel(CurrentTenant current, CdrFormatCatalog plugins) : PageModel
{
    private const int PageSize = 50;

    public FileBalance Balance { get; private set; } = null!;

    public RegisteredFile Entry { get; private set; } = null!;

    public string FormatName { get; private set; } = "";

    public IReadOnlyList<BarPart> Parts { get; private set; } = [];

    /// <summary>Rows in each state; states without rows are left out.</summary>
    public IReadOnlyList<(string State, long Count)> Counts { get; private set; } = [];

    public string State { get; private set; } = "error";

    public ListPage<FileLine> Lines { get; private set; } = null!;

    /// <summary>A text with its numbers as whoever asks may see them.</summary>
    public string? Shown(string? text) => current.May(Permission.MendUsage) ? text : MaskedText.Of(text);

    public async Task<IActionResult> OnGetAsync(long id, string? state, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await RegisteredFile.FindAsync(db, id, cancellationToken) is not { } file) return NotFound();
        Entry = file;
        Balance = (await UsageBalance.FindAsync(db, id, cancellationToken))!;
        FormatName = (await DescribedCarriers.FormatsAsync(db, plugins, cancellationToken)).Formats.FirstOrDefault(f => f.Info.Id == Balance.Format)?.Info.Name ?? Balance.Format;
        Parts = LineStates.Parts(Balance);

        var counts = await FileLine.CountAsync(db, id, cancellationToken);
        Counts = [.. FileLine.States.Where(counts.ContainsKey).Select(s => (s, counts[s]))];
        State = FileLine.States.FirstOrDefault(s => s == state) ?? "error";
        var query = ListQuery.Read(Request.Query, ["line"], PageSize, "state");
        var lines = await FileLine.LoadAsync(db, id, State, (query.Page - 1L) * PageSize, PageSize, cancellationToken);
        Lines = new ListPage<FileLine>(query, lines, counts.GetValueOrDefault(State));
        return Page();
    }
}
