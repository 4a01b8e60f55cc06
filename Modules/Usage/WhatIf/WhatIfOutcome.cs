namespace Billing.Usage.WhatIf;

/// <summary>What a replay comes to.</summary>
/// <param name="Total">All calls.</param>
/// <param name="Months">Month by month, those without calls too.</param>
/// <param name="Accounts">Accounts that have calls, the greatest rise first and the greatest fall last.</param>
/// <param name="Destinations">Classes of calls, the greatest change first, whichever way.</param>
/// <param name="Causes">Why calls have no price with the change: those that lose theirs first, then by how many.</param>
/// <param name="LeftOut">Calls that are not replayed, by code.</param>
public sealed record WhatIfOutcome(
    WhatIfFigures Total, IReadOnlyList<WhatIfMonth> Months, IReadOnlyList<WhatIfAccount> Accounts, IReadOnlyList<WhatIfDestination> Destinations, IReadOnlyList<WhatIfCause> Causes,
    IReadOnlyList<WhatIfLeftOut> LeftOut);
