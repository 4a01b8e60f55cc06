namespace Billing.Usage.WhatIf;

/// <summary>Everything a replay needs to know besides the calls.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="From">First day of the first month, on the tenant's clock.</param>
/// <param name="Months">How many months.</param>
/// <param name="Drafts">Each of another tariff.</param>
/// <param name="Moves">Who would be on another tariff.</param>
public sealed record WhatIfPlan(string Name, DateOnly From, int Months, IReadOnlyList<WhatIfDraft> Drafts, IReadOnlyList<WhatIfMove> Moves)
{
    /// <summary>Most months of one replay.</summary>
    public const int MostMonths = 24;

    /// <summary>First day after the last month.</summary>
    public DateOnly To => From.AddMonths(Months);
}
