using Billing.Abstractions.Values;

namespace Billing.Usage.Matching;

/// <summary>A call that can't be billed, as the errors desk lists it. What the line does not say is null.</summary>
/// <param name="FileId">The file it stands in.</param>
/// <param name="FileName">Its name.</param>
/// <param name="Line">The line.</param>
/// <param name="Message">What is wrong with this one.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Caller">Calling number.</param>
/// <param name="Called">Called number.</param>
/// <param name="Seconds">Answered time.</param>
/// <param name="Cost">What the carrier charges.</param>
/// <param name="CostCurrency">In which currency; null where the file names none.</param>
/// <param name="Raw">The line as it came.</param>
public sealed record FailedCall(
    long FileId, string FileName, long Line, string Message, DateTimeOffset? StartedAt, string? Caller, string? Called, int? Seconds, decimal? Cost, Currency? CostCurrency, string Raw);
