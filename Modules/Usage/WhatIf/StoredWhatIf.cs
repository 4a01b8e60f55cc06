using Billing.Tenancy.Jobs;

namespace Billing.Usage.WhatIf;

/// <summary>A question as it is kept, without its drafts' documents.</summary>
/// <param name="Id">Its number within the tenant.</param>
/// <param name="Name">What people call it.</param>
/// <param name="From">First day of the first month.</param>
/// <param name="Months">How many months.</param>
/// <param name="Moves">Who would be on another tariff.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="FinishedAt">When its result was there; null while there is none.</param>
public sealed record StoredWhatIf(long Id, string Name, DateOnly From, int Months, IReadOnlyList<WhatIfMove> Moves, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>Its drafts in a few words each.</summary>
    public IReadOnlyList<string> Drafts { get; init; } = [];

    /// <summary>What all calls come to; null while there is no result.</summary>
    public WhatIfFigures? Total { get; init; }

    /// <summary>The job that replays, or replayed it last.</summary>
    public Job? Job { get; init; }

    /// <summary>First day after the last month.</summary>
    public DateOnly To => From.AddMonths(Months);

    /// <summary>What a job's subject calls it.</summary>
    public string Subject => SubjectOf(Id);

    internal static string SubjectOf(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"what-if/{id}");
}
