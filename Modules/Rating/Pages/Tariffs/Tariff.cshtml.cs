using System.Text;
using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Screens.Tables;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Rating.Pages.Tariffs;

/// <summary>One tariff: its rates, searched; its versions, and what each changed.</summary>
[Demands(Permission.ViewTariffs)]
internal sealed class TariffModel(CurrentTenant current) : PageModel
{
    private const int PageSize = 100;

    public TariffEntry Entry { get; private set; } = null!;

    public IReadOnlyList<TariffVersion> Versions { get; private set; } = [];

    /// <summary>The version shown.</summary>
    public int Version { get; private set; }

    public RateCards.Tariff Document { get; private set; } = null!;

    public TariffComparison? Changes { get; private set; }

    /// <summary>The tariff it was made from, as it is now; null when it was entered whole or the base is gone.</summary>
    public TariffEntry? Base { get; private set; }

    /// <summary>The differences it was made of are kept, so that they can be put together with a later version of the base.</summary>
    public bool HasDifferences { get; private set; }

    /// <summary>Versions that wait to be published.</summary>
    public IReadOnlyList<TariffDraft> Drafts { get; private set; } = [];

    public ListPage<Rate> Rates { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, int? version, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var tariffs = await TariffBook.LoadAsync(db, cancellationToken);
        if (tariffs.FirstOrDefault(t => t.Id == id && t.Latest > 0) is not { } entry) return NotFound();
        Entry = entry;
        Versions = await TariffBook.LoadVersionsAsync(db, id, cancellationToken);
        Drafts = await TariffDrafts.LoadAsync(db, id, cancellationToken);
        Version = version ?? entry.Latest;
        if (await TariffBook.FindDocumentAsync(db, id, Version, cancellationToken) is not { } document) return NotFound();
        Document = TariffReader.Read(document).TariffOrThrow();
        if (Version > 1) Changes = TariffComparison.Of(TariffReader.Read((await TariffBook.FindDocumentAsync(db, id, Version - 1, cancellationToken))!).TariffOrThrow(), Document);
        Base = tariffs.FirstOrDefault(t => t.Code == Document.ResolvedFrom?.Code);
        HasDifferences = Document.ResolvedFrom is not null && await TariffBook.FindEnteredAsync(db, id, entry.Latest, cancellationToken) is not null;
        var query = ListQuery.Read(Request.Query, ["key", "destination"], PageSize, "version");
        var words = query.Search.TrimStart('+').Replace(" ", "", StringComparison.Ordinal);
        var isNumber = words.Length > 0 && words.All(char.IsAsciiDigit);
        // Digits find the rates a number would meet as well as those that begin with them.
        var rates = Document.InOrder.Where(r => query.Search.Length == 0 || r.Destination.Contains(query.Search, StringComparison.OrdinalIgnoreCase) || r.Key.Contains(words, StringComparison.OrdinalIgnoreCase)
            || isNumber && r.KeyKind == RateKeyKind.Prefix && words.StartsWith(r.Key, StringComparison.Ordinal));
        if (query.Sort == "destination") rates = rates.OrderBy(r => r.Destination, StringComparer.OrdinalIgnoreCase);
        Rates = query.Cut(query.IsDescending ? [.. rates.Reverse()] : rates.ToList());
        return Page();
    }

    [Demands(Permission.Export)]
    public async Task<IActionResult> OnGetDocumentAsync(long id, int version, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await TariffBook.FindDocumentAsync(db, id, version, cancellationToken) is { } document
            ? File(Encoding.UTF8.GetBytes(document), "application/json", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"tariff-{id}-version-{version}.json"))
            : NotFound();
    }

    [Demands(Permission.ChangeTariffs)]
    public async Task<IActionResult> OnPostDiscardAsync(long id, long draft, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await TariffDrafts.DiscardAsync(db, id, draft, cancellationToken)) return NotFound();
        return await EndAsync(db, id, null, "The draft is discarded.", cancellationToken);
    }

    [Demands(Permission.ChangeTariffs)]
    public async Task<IActionResult> OnPostDefaultAsync(long id, int row, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        (await TariffBook.MakeDefaultAsync(db, id, row, cancellationToken)).TryGet(out _, out var refused);
        return await EndAsync(db, id, refused, "It is the default now: calls of accounts without a tariff of their own are priced by it from the next rating on.", cancellationToken);
    }

    [Demands(Permission.ChangeTariffs)]
    public async Task<IActionResult> OnPostRetireAsync(long id, int row, bool retire, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        (await TariffBook.RetireAsync(db, id, row, retire, cancellationToken)).TryGet(out _, out var refused);
        return await EndAsync(db, id, refused, retire ? "It is retired: it can't be given to anybody any more. Who has it keeps it." : "It can be given to accounts again.", cancellationToken);
    }

    private async Task<IActionResult> EndAsync(Tenancy.Data.TenantDb db, long id, Abstractions.Values.Failure? refused, string words, CancellationToken cancellationToken)
    {
        if (refused?.Code == LastChange.Gone) return NotFound();
        if (refused is null) await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, refused?.Message ?? words);
        return LocalRedirect(Url.Content(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"~/tariffs/{id}")));
    }
}
