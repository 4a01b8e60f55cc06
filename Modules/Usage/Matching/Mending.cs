namespace Billing.Usage.Matching;

/// <summary>Something that was done about causes of billing errors, and what came of it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">As <see cref="Remedy.Kind"/>; <c>retry</c> for what tried itself again after somebody changed something.</param>
/// <param name="Causes">Which causes; empty for all there were.</param>
/// <param name="At">When.</param>
/// <param name="By">Who; for a retry, whose change it was.</param>
/// <param name="Tried">Calls that were priced again.</param>
/// <param name="Cleared">Of these, errors that were none any more.</param>
/// <param name="Moved">Of these, errors that became others.</param>
/// <param name="Worth">What would be billed more for those that cleared, without VAT, in the tenant's currency.</param>
/// <param name="CanBeUndone">True where it changed something that can be taken back, and was not.</param>
/// <param name="UndoneAt">When somebody took it back; null while it holds.</param>
/// <param name="UndoneBy">Who.</param>
/// <param name="Returned">Calls that became errors again by that.</param>
public sealed record Mending(
    long Id, string Kind, IReadOnlyList<ErrorCause> Causes, DateTimeOffset At, string By, long Tried, long Cleared, long Moved, decimal Worth,
    bool CanBeUndone, DateTimeOffset? UndoneAt, string? UndoneBy, long? Returned);
