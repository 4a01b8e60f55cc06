using System.Text;
using Billing.Onboarding.Columns;
using Billing.Onboarding.Imports;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Onboarding.Pages.Start;

/// <summary>A file of one kind is taken in.</summary>
[Demands(Permission.ImportRecords)]
[RequestSizeLimit(MostBytes)]
internal sealed class UploadModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    // The file's own limit and what a form adds to it.
    private const long MostBytes = 17 << 20;

    public ImportKind Kind { get; private set; } = null!;

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public IActionResult OnGet(string kind)
    {
        if (ImportKinds.Find(kind) is not { } found) return NotFound();
        Kind = found;
        return Page();
    }

    public IActionResult OnGetExample(string kind) =>
        ImportKinds.Find(kind) is { } found ? File(Encoding.UTF8.GetBytes("\uFEFF" + found.Example), "text/csv; charset=utf-8", found.Id + "-example.csv") : NotFound();

    public async Task<IActionResult> OnPostAsync(string kind, CancellationToken cancellationToken)
    {
        if (ImportKinds.Find(kind) is not { } found) return NotFound();
        Kind = found;
        if (Upload is null || Upload.Length == 0)
        {
            ModelState.AddModelError(nameof(Upload), "Choose a file that has something in it.");
            return Page();
        }
        using var content = new MemoryStream();
        await Upload.CopyToAsync(content, cancellationToken);
        await using var db = await current.BeginAsync(cancellationToken);
        var uploaded = await ImportBook.UploadAsync(db, Kind, Path.GetFileName(Upload.FileName), content.ToArray(), clock.GetUtcNow(), cancellationToken);
        if (!uploaded.TryGet(out var id, out var refused))
        {
            ModelState.AddModelError(nameof(Upload), refused.Message);
            return Page();
        }
        await db.CommitAsync(cancellationToken);
        return LocalRedirect(Url.Content(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"~/onboarding/imports/{id}")));
    }
}
