namespace Billing.Usage.Register;

/// <summary>Where a reconciliation file and what is billed differ, for one number on one day.</summary>
/// <param name="Number">The customer's number: the caller's, or the called one's of incoming calls; empty where the records have none.</param>
/// <param name="Day">The day the calls started on the tenant's clock.</param>
/// <param name="OnlyOurs">Calls that we have and the carrier's file has not.</param>
/// <param name="OnlyTheirs">Calls that the carrier's file has and we have not.</param>
/// <param name="Different">Calls that both have with other seconds or another cost.</param>
/// <param name="Seconds">Seconds of theirs less those of ours, over all of these calls.</param>
/// <param name="Cost">Cost of theirs less that of ours, over all of these calls, in the carrier's currency.</param>
public sealed record ComparedCalls(string Number, DateOnly Day, int OnlyOurs, int OnlyTheirs, int Different, long Seconds, decimal Cost);
