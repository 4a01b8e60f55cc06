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
    private const long MostBytes = TariffProposal.MostBytes;

    [BindProperty]
    public PublishInput Input { get; set; } = new();

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public IReadOnlyList<TariffError> Errors { get; private set; } = [];

    public RateCards.Tariff? Proposed { get; private set; }

    public TariffComparison? Changes { get; private set; }

    /// <summary>The form; with <paramref name="again"/>, the differences that the latest version was made of, put together with the base as it is now; with <paramref name="draft"/>, a version that waits.</summary>
    public async Task<IActionResult> OnGetAsync(string? code, bool again, long? draft, CancellationToken cancellationToken)
    {
        Input = new PublishInput { Code = code };
        if (!again && draft is null) return Page();
        await using var db = await current.BeginAsync(cancellationToken);
        if (await FindAsync(db, cancellationToken) is not { Latest: > 0 } entry) return NotFound();
        if (draft is { } id)
        {
            if (await TariffDrafts.FindDocumentAsync(db, entry.Id, id, cancellationToken) is not var (document, differences)) return NotFound();
            Show(entry, await TariffProposal.ReadAsync(db, entry, document, cancellationToken));
            Input = Input with { Draft = id, Entered = differences };
            return Page();
        }
        if (await TariffBook.FindEnteredAsync(db, entry.Id, entry.Latest, cancellationToken) is not { } entered) return NotFound();
        Show(entry, await TariffProposal.ReadAsync(db, entry, entered, cancellationToken));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Upload is null || Upload.Length == 0) ModelState.AddModelError(nameof(Upload), "Choose a file that has something in it.");
        if (string.IsNullOrWhiteSpace(Input.Code)) ModelState.AddModelError("Input.Code", "Say which tariff it is.");
        if (!ModelState.IsValid) return Page();
        using var bytes = new MemoryStream();
        await Upload!.CopyToAsync(bytes, cancellationToken);
        await using var db = await current.BeginAsync(cancellationToken);
        var entry = await FindAsync(db, cancellationToken);
        if (entry is not { Latest: > 0 } && !TariffProposal.IsDocument(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)))
        {
            ModelState.AddModelError(nameof(Upload), "A rate sheet needs a tariff it belongs to, and there is none with this code. Choose a tariff document (JSON), or import the sheet as a rate card.");
            return Page();
        }
        Show(entry, await TariffProposal.ReadAsync(db, entry, bytes.ToArray(), Input.IsAddition ? RateSheetMode.Add : RateSheetMode.Replace, cancellationToken));
        return Page();
    }

    private void Show(TariffEntry? entry, (TariffProposal? Proposal, IReadOnlyList<TariffError> Errors) read)
    {
        Errors = read.Errors;
        if (read.Proposal is not { } proposal) return;
        (Proposed, Changes) = (proposal.Tariff, proposal.Changes);
        ModelState.Clear();
        Input = Input with { Code = Input.Code!.Trim(), Seen = entry?.Latest ?? 0, Document = proposal.Document, Entered = proposal.Entered };
    }

    private async Task<TariffEntry?> FindAsync(TenantDb db, CancellationToken cancellationToken) =>
        (await TariffBook.LoadAsync(db, cancellationToken)).FirstOrDefault(tariff => tariff.Code == Input.Code?.Trim());

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
        if (Input.Draft is { } draft) await TariffDrafts.DiscardAsync(db, result.Id, draft, cancellationToken);
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

        /// <summary>The draft that it was; it is done with when it is published.</summary>
        public long? Draft { get; init; }
    }
}
