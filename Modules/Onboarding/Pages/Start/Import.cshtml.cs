using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Onboarding.Imports;
using Billing.Onboarding.Rows;
using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Spreadsheets;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Onboarding.Pages.Start;

/// <summary>One import: which column is what, what it would do, applied, taken back.</summary>
[Demands(Permission.ImportRecords)]
internal sealed class ImportModel(CurrentTenant current, TimeProvider clock, IChargeHistory history) : PageModel
{
    /// <summary>Faults shown on the page; all of them are in the file.</summary>
    public const int MostShown = 100;

    public ImportPreview Preview { get; private set; } = null!;

    public StoredImport Import => Preview.Import;

    public IReadOnlyList<TariffEntry> Tariffs { get; private set; } = [];

    /// <summary>Why an import was not applied, or what stands in the way of undoing it.</summary>
    public IReadOnlyList<Failure> Reasons { get; private set; } = [];

    [BindProperty]
    public MappingInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await ShowAsync(db, id, [], cancellationToken);
    }

    public async Task<IActionResult> OnPostMapAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await ImportBook.FindAsync(db, id, cancellationToken) is not { } import) return NotFound();
        if (import.Version != Input.Version) return await ShowAsync(db, id, [new Failure("records.changed-meanwhile", "Somebody changed this import after you opened it. Look at it again.")], cancellationToken);
        var mapped = await ImportBook.MapAsync(db, import, [.. Input.Columns.Select(c => string.IsNullOrEmpty(c) ? null : c)], Input.ToSettings(), cancellationToken);
        if (!mapped.TryGet(out _, out var refused)) return await ShowAsync(db, id, [refused], cancellationToken);
        await db.CommitAsync(cancellationToken);
        return Back(id, "#preview");
    }

    public async Task<IActionResult> OnPostApplyAsync(long id, string? fingerprint, bool withoutWrongRows, CancellationToken cancellationToken)
    {
        Result<Kinds.ImportPlan> applied;
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            applied = await ImportBook.ApplyAsync(db, current.Tenant, id, fingerprint ?? "", withoutWrongRows, clock.GetUtcNow(), cancellationToken);
            if (applied.IsSuccess) await db.CommitAsync(cancellationToken);
        }
        if (applied.TryGet(out var plan, out var refused))
        {
            Notice.Leave(HttpContext, $"Applied: {Written.Count(plan.New)} new, {Written.Count(plan.Changed)} changed, {Written.Count(plan.Unchanged)} unchanged{(plan.Wrong > 0 ? $", {Written.Count(plan.Wrong)} wrong rows left out" : "")}.");
            return Back(id, "");
        }
        // What was half done went with its transaction; the page is read in a new one.
        await using var again = await current.BeginAsync(cancellationToken);
        return await ShowAsync(again, id, [refused], cancellationToken);
    }

    public async Task<IActionResult> OnPostUndoAsync(long id, CancellationToken cancellationToken)
    {
        IReadOnlyList<Failure> reasons;
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            reasons = await ImportUndo.RunAsync(db, id, history, clock.GetUtcNow(), cancellationToken);
            if (reasons.Count == 0) await db.CommitAsync(cancellationToken);
        }
        if (reasons.Count == 0)
        {
            Notice.Leave(HttpContext, "Undone: the records are as they were before this import.");
            return Back(id, "");
        }
        await using var again = await current.BeginAsync(cancellationToken);
        return await ShowAsync(again, id, reasons, cancellationToken);
    }

    public async Task<IActionResult> OnPostDiscardAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await ImportBook.FindAsync(db, id, cancellationToken) is not { } import) return NotFound();
        if (!(await ImportBook.DiscardAsync(db, import, cancellationToken)).TryGet(out _, out var refused)) return await ShowAsync(db, id, [refused], cancellationToken);
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"{import.FileName} is put aside. Nothing of it was applied.");
        return LocalRedirect(Url.Content("~/onboarding"));
    }

    public async Task<IActionResult> OnGetWrongAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await ImportBook.FindAsync(db, id, cancellationToken) is not { } import) return NotFound();
        var preview = await ImportBook.PreviewAsync(db, current.Tenant, import, current.Tenant.DayOf(clock.GetUtcNow()), cancellationToken);
        var file = await ImportBook.WriteWrongRowsAsync(db, preview, new CsvWriter(), cancellationToken);
        return File(file.ToBytes(), file.MediaType, "wrong-rows" + file.Extension);
    }

    private async Task<IActionResult> ShowAsync(TenantDb db, long id, IReadOnlyList<Failure> reasons, CancellationToken cancellationToken)
    {
        if (await ImportBook.FindAsync(db, id, cancellationToken) is not { } import) return NotFound();
        Reasons = reasons;
        Tariffs = await TariffBook.LoadAsync(db, cancellationToken);
        Preview = await ImportBook.PreviewAsync(db, current.Tenant, import, current.Tenant.DayOf(clock.GetUtcNow()), cancellationToken);
        Input = MappingInput.Of(import);
        ModelState.Clear();
        return Page();
    }

    private LocalRedirectResult Back(long id, string anchor) => LocalRedirect(Url.Content(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"~/onboarding/imports/{id}")) + anchor);
}
