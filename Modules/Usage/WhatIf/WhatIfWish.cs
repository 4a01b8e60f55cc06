namespace Billing.Usage.WhatIf;

/// <summary>A question, as somebody asks it; <see cref="WhatIfPlanning"/> makes a plan of it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="From">Any day of the first month; null for the months that end with that of the newest call.</param>
/// <param name="Months">How many months, 1 to <see cref="WhatIfPlan.MostMonths"/>.</param>
/// <param name="Drafts">Tariffs that would be others.</param>
/// <param name="Moves">Accounts that would be on another tariff.</param>
public sealed record WhatIfWish(string Name, DateOnly? From, int Months, IReadOnlyList<DraftWish> Drafts, IReadOnlyList<WhatIfMove> Moves);
