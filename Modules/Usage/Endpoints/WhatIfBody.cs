using System.ComponentModel;
using Billing.Usage.WhatIf;

namespace Billing.Usage.Endpoints;

/// <summary>A question: which months, and what would be different.</summary>
sealed record WhatIfBody(
    [property: Description("What people call it.")] string Name,
    [property: Description("How many months, 1 to 24.")] int Months,
    [property: Description("Any day of the first month; left out for the months that end with that of the newest call.")] DateOnly? From = null,
    [property: Description("Tariffs that would be others, each once.")] IReadOnlyList<WhatIfDraftBody>? Drafts = null,
    [property: Description("Who would be on another tariff.")] IReadOnlyList<WhatIfMoveBody>? Moves = null)
{
    public WhatIfWish Wish => new(Name, From, Months, [.. (Drafts ?? []).Select(d => new DraftWish(d.Tariff, d.Document, d.Percent, d.Version))], [.. (Moves ?? []).Select(m => new WhatIfMove(m.Account, m.FromTariff, m.Tariff))]);
}
