using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Screens.Notices;
using Billing.Screens.Tables;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Billing.Usage.RatedCalls;
using Billing.Usage.Register;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>One file, and its lines by state: those in error first.</summary>
[Demands(Permission.ViewUsage)]
internal sealed class FileModel(CurrentTenant current, CdrFormatCatalog plugins, IInvoiceNames invoices, TimeProvider clock) : PageModel
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

    public bool MayRollBack => current.May(Permission.ImportUsage);

    /// <summary>What taking it out again would do.</summary>
    public RollbackPlan Rollback { get; private set; } = null!;

    /// <summary>A reconciliation file beside what is billed.</summary>
    public Result<Reconciliation>? Compared { get; private set; }

    /// <summary>So many differences are on the page; all of them are in the API's answer.</summary>
    public const int MostDifferences = 200;

    public Failure? Problem { get; private set; }

    public string? Why { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, string? state, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await LoadAsync(db, id, state, cancellationToken) ? Page() : NotFound();
    }

    [Demands(Permission.ImportUsage)]
    public async Task<IActionResult> OnPostRollBackAsync(long id, string? why, CancellationToken cancellationToken)
    {
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            if ((await FileRollback.RunAsync(db, current.Tenant, id, why, invoices, clock.GetUtcNow(), cancellationToken)).TryGet(out var gone, out var problem))
            {
                await db.CommitAsync(cancellationToken);
                Notice.Leave(HttpContext, $"{gone.Name} is taken out again. {(gone.LinesRestored == 0 ? "" : $"{Written.Counted(gone.LinesRestored, "line", "lines")} of other files came back. ")}The same file can be imported again.");
                return Redirect(Url.Content("~/cdrs"));
            }
            (Problem, Why) = (problem, why);
        }
        await using var fresh = await current.BeginAsync(cancellationToken);
        if (!await LoadAsync(fresh, id, null, cancellationToken)) return NotFound();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> LoadAsync(TenantDb db, long id, string? state, CancellationToken cancellationToken)
    {
        if (await RegisteredFile.FindAsync(db, id, cancellationToken) is not { } file) return false;
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
        if (Balance.Kind == "reconciliation") Compared = await Reconciliation.OfAsync(db, current.Tenant, id, cancellationToken);
        if (MayRollBack) Rollback = await FileRollback.PlanAsync(db, id, invoices, cancellationToken);
        return true;
    }
}
