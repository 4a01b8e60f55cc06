namespace Billing.Usage.RatedCalls;

/// <summary>A call that became an error although it had a price.</summary>
/// <param name="FileId">Where it stands.</param>
/// <param name="Day">When it was made, on the tenant's clock.</param>
/// <param name="Code">What is wrong now.</param>
internal sealed record ArisenError(long FileId, DateOnly Day, string Code);
