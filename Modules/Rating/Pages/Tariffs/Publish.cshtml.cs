using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Screens.Notices;
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

    public void OnGet(string? code) => Input = new PublishInput { Code = code };

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Upload is null || Upload.Length == 0) ModelState.AddModelError(nameof(Upload), "Choose a file that has something in it.");
        if (string.IsNullOrWhiteSpace(Input.Code)) ModelState.AddModelError("Input.Code", "Say which tariff it is.");
        if (!ModelState.IsValid) return Page();
        using var reader = new StreamReader(Upload!.OpenReadStream());
        var text = await reader.ReadToEndAsync(cancellationToken);
        await using var db = await current.BeginAsync(cancellationToken);
        var entry = (await TariffBook.LoadAsync(db, cancellationToken)).FirstOrDefault(t => t.Code == Input.Code!.Trim());
        var before = entry is { Latest: > 0 } ? TariffReader.Read((await TariffBook.FindDocumentAsync(db, entry.Id, entry.Latest, cancellationToken))!).TariffOrThrow() : null;
        TariffReading reading;
        if (text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t').StartsWith('{')) reading = TariffReader.Read(text.TrimStart('\uFEFF'));
        else if (before is not null) reading = RateSheet.Read(new StringReader(text), before, Input.IsAddition ? RateSheetMode.Add : RateSheetMode.Replace);
        else
        {
            ModelState.AddModelError(nameof(Upload), "A rate sheet needs a tariff it belongs to, and there is none with this code. Choose a tariff document (JSON), or import the sheet as a rate card.");
            return Page();
        }
        Errors = reading.Errors;
        if (!reading.IsAccepted) return Page();
        Proposed = reading.Tariff;
        Changes = TariffComparison.Of(before, Proposed);
        ModelState.Clear();
        Input = Input with { Code = Input.Code!.Trim(), Seen = entry?.Latest ?? 0, Document = text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t').StartsWith('{') ? text.TrimStart('\uFEFF') : TariffWriter.Write(Proposed) };
        return Page();
    }

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var published = await TariffBook.PublishAsync(db, Input.Code ?? "", Input.Seen, Input.Document ?? "", string.IsNullOrWhiteSpace(Input.Note) ? null : Input.Note.Trim(), clock.GetUtcNow(), cancellationToken);
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
    }
}
