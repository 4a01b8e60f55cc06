using System.ComponentModel;
using Billing.Usage.WhatIf;

namespace Billing.Usage.Endpoints;

/// <summary>A question with what it came to.</summary>
sealed record WhatIfResultView(
    WhatIfView WhatIf,
    [property: Description("Month by month.")] IReadOnlyList<WhatIfMonthView> Months,
    [property: Description("Accounts, the greatest rise first and the greatest fall last.")] IReadOnlyList<WhatIfAccountView> Accounts,
    [property: Description("Destinations, the greatest change first.")] IReadOnlyList<WhatIfDestinationView> Destinations,
    [property: Description("Why calls have no price with the change.")] IReadOnlyList<WhatIfCause> Causes,
    [property: Description("Calls that are not replayed, by the code of their billing error.")] IReadOnlyList<WhatIfLeftOut> LeftOut);
