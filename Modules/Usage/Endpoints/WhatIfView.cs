using System.ComponentModel;
using Billing.Api.Jobs;
using Billing.Usage.WhatIf;

namespace Billing.Usage.Endpoints;

/// <summary>A question in the API.</summary>
sealed record WhatIfView(
    long Id,
    string Name,
    [property: Description("First day of the first month.")] DateOnly From,
    [property: Description("Last day of the last month.")] DateOnly To,
    int Months,
    [property: Description("Each draft in a few words.")] IReadOnlyList<string> Drafts,
    IReadOnlyList<WhatIfMove> Moves,
    string AskedBy,
    DateTimeOffset AskedAt,
    [property: Description("When its result was there; null while there is none.")] DateTimeOffset? FinishedAt,
    [property: Description("The job that replays.")] JobView? Job,
    [property: Description("What all calls come to; null while there is no result.")] WhatIfFiguresView? Total)
{
    public static WhatIfView Of(StoredWhatIf stored) => new(
        stored.Id, stored.Name, stored.From, stored.To.AddDays(-1), stored.Months, stored.Drafts, stored.Moves, stored.AskedBy, stored.AskedAt, stored.FinishedAt,
        stored.Job is null ? null : JobView.Of(stored.Job), stored.Total is null ? null : WhatIfFiguresView.Of(stored.Total));
}
