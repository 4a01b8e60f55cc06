namespace Billing.Usage.WhatIf;

/// <summary>Calls of the months that are not replayed because nobody is known to pay for them, or because they can't be billed whatever the tariff.</summary>
/// <param name="Code">The billing error's code.</param>
/// <param name="Calls">How many.</param>
public sealed record WhatIfLeftOut(string Code, long Calls);
