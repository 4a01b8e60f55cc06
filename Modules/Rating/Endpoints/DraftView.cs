using System.ComponentModel;
using Billing.Rating.RateCards;

namespace Billing.Rating.Endpoints;

/// <summary>A version that waits to be published, in the API.</summary>
sealed record DraftView(
    long Id, [property: Description("The latest version when it was sent in. When another one was published since, it can't be published any more.")] int ComparedWith,
    int Rates, int Added, int Changed, int Removed, [property: Description("What changes besides rates, in words.")] IReadOnlyList<string> Frame, DateTimeOffset SentAt, string SentBy)
{
    public static DraftView Of(TariffDraft draft) => new(draft.Id, draft.Seen, draft.Rates, draft.Added, draft.Changed, draft.Removed, draft.Frame, draft.MadeAt, draft.MadeBy);
}
