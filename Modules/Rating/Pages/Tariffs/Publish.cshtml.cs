using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Rating.Pages.Tariffs;

/// <summary>A new version of a tariff, from a document or a rate sheet: first what it would change, then published.</summary>
[Demands(Permission.ChangeTariffs)]
[RequestSizeLimit(MostBytes)]
[RequestFormLimits(ValueLengthLimit = (int)MostBytes, MultipartBodyLengthLimit = MostBytes)]
internal sealed class PublishModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    private const long MostBytes = 34 << 20;

    [BindProperty]
    public PublishInput Input { get; set; } = new();

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public IReadOnlyList<TariffError> Errors { get; private set; } = [];

    public RateCards.Tariff? Proposed { get; private set; }

    public TariffComparison? Changes { get; private set; }

    /// <summary>The form; with <paramref name="again"/>, the differences that the latest version was made of, put together with the base as it is now.</summary>
    public async Task<IActionResult> OnGetAsync(string? code, bool again, CancellationToken cancellationToken)
    {
        Input = new PublishInput { Code = code };
        if (!again) return Page();
        await using var db = await current.BeginAsync(cancellationToken);
        if (await FindAsync(db, cancellationToken) is not { Latest: > 0 } entry || await TariffBook.FindEnteredAsync(db, entry.Id, entry.Latest, cancellationToken) is not { } entered) return NotFound();
        await CompareAsync(db, entry, TariffInheritance.BaseOf(entered) is null ? null : entered, _ => TariffBook.ReadAsync(db, entered, cancellationToken), cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Upload is null || Upload.Length == 0) ModelState.AddModelError(nameof(Upload), "Choose a file that has something in it.");
        if (string.IsNullOrWhiteSpace(Input.Code)) ModelState.AddModelError("Input.Code", "Say which tariff it is.");
        if (!ModelState.IsValid) return Page();
        using var bytes = new MemoryStream();
        await Upload!.CopyToAsync(bytes, cancellationToken);
        var text = DocumentIn(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        await using var db = await current.BeginAsync(cancellationToken);
        var entry = await FindAsync(db, cancellationToken);
        if (text is null && entry is not { Latest: > 0 })
        {
            ModelState.AddModelError(nameof(Upload), "A rate sheet needs a tariff it belongs to, and there is none with this code. Choose a tariff document (JSON), or import the sheet as a rate card.");
            return Page();
        }
        await CompareAsync(db, entry, text is not null && TariffInheritance.BaseOf(text) is not null ? text : null, async before => text is not null
            ? await TariffBook.ReadAsync(db, text, cancellationToken)
            : RateSheet.Read(bytes.ToArray(), before!, Input.IsAddition ? RateSheetMode.Add : RateSheetMode.Replace), cancellationToken);
        return Page();
    }

    private async Task CompareAsync(TenantDb db, TariffEntry? entry, string? entered, Func<RateCards.Tariff?, Task<TariffReading>> read, CancellationToken cancellationToken)
    {
        var before = entry is { Latest: > 0 } ? TariffReader.Read((await TariffBook.FindDocumentAsync(db, entry.Id, entry.Latest, cancellationToken))!).TariffOrThrow() : null;
        var reading = await read(before);
        Errors = reading.Errors;
        if (!reading.IsAccepted) return;
        Proposed = reading.Tariff;
        Changes = TariffComparison.Of(before, Proposed);
        ModelState.Clear();
        Input = Input with { Code = Input.Code!.Trim(), Seen = entry?.Latest ?? 0, Document = TariffWriter.Write(Proposed), Entered = entered };
    }

    private async Task<TariffEntry?> FindAsync(TenantDb db, CancellationToken cancellationToken) =>
        (await TariffBook.LoadAsync(db, cancellationToken)).FirstOrDefault(tariff => tariff.Code == Input.Code?.Trim());

    /// <summary>The text of a document; null when the file is no JSON object and so can only be a sheet.</summary>
    private static string? DocumentIn(ReadOnlySpan<byte> file)
    {
        var start = file;
        if (start.StartsWith("\uFEFF"u8)) start = start[3..];
        return start.TrimStart(" \r\n\t"u8).StartsWith("{"u8) ? System.Text.Encoding.UTF8.GetString(start) : null;
    }

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var published = await TariffBook.PublishAsync(db, Input.Code ?? "", Input.Seen, Input.Document ?? "", Input.Entered is { Length: > 0 } entered && TariffInheritance.BaseOf(entered) is not null ? entered : null,
            string.IsNullOrWhiteSpace(Input.Note) ? null : Input.Note.Trim(), clock.GetUtcNow(), cancellationToken);
        if (!published.TryGet(out var result, out var refused))
        {
            ModelState.Clear();
            ModelState.AddModelError("", refused.Message);
            return Page();
        }
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"Version {result.Version} of {Input.Code} is published. Calls that are rated from now on are priced by it.");
        return LocalRedirect(Url.Content(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"~/tariffs/{result.Id}")));
    }

    internal sealed record PublishInput
    {
        public string? Code { get; init; }

        public bool IsAddition { get; init; }

        public string? Note { get; init; }

        /// <summary>The latest version that was compared with.</summary>
        public int Seen { get; init; }

        public string? Document { get; init; }

        /// <summary>The differences that the document was put together from; null when it was whole.</summary>
        public string? Entered { get; init; }
    }
}
