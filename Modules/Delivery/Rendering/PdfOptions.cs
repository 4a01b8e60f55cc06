namespace Billing.Delivery.Rendering;

/// <summary>How one document is printed. Paper size and margins are the document's own (<c>@page</c>); without them it is A4.</summary>
/// <param name="DatedAt">Written into the file as its creation and modification date, in UTC and to the second: for an invoice, the instant
/// it was posted. It is never the time of printing, so that printing again gives the same bytes and therefore the same hash.</param>
public sealed record PdfOptions(DateTimeOffset DatedAt)
{
    /// <summary>Writes structure tags for screen readers. Costs about twice the time and four times the size.</summary>
    public bool IsTagged { get; init; }

    /// <summary>Writes bookmarks from the document's headings. They are drawn from the tags, so this switches tags on as well.</summary>
    public bool HasOutline { get; init; }
}
