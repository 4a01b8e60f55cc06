namespace Billing.Usage.WhatIf;

/// <summary>Why calls have no price with the change.</summary>
/// <param name="Code">As on the errors desk: <c>rating.no-rate</c>.</param>
/// <param name="Tariff">Code of the tariff that has none; null where there is no tariff.</param>
/// <param name="Destination">What the published tariff calls where they went; null where they have no price there either.</param>
/// <param name="Message">The sentence of the first of them.</param>
/// <param name="FileId">Its file.</param>
/// <param name="Line">Its line.</param>
/// <param name="Calls">How many.</param>
/// <param name="Worth">What they come to before.</param>
public sealed record WhatIfCause(string Code, string? Tariff, string? Destination, string Message, long FileId, long Line, long Calls, decimal Worth)
{
    /// <summary>True where the change is what takes their price away.</summary>
    public bool IsNew => Destination is not null;
}
