namespace Billing.Usage.Matching;

/// <summary>A cause whose calls are excluded when they come in, up to a day: somebody decided it once and wants it remembered.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Cause">Which calls.</param>
/// <param name="Why">The reason, kept with every call.</param>
/// <param name="LastOn">The last day it holds for, by the day of the call.</param>
/// <param name="MadeAt">When.</param>
/// <param name="MadeBy">By whom.</param>
/// <param name="RevokedAt">When it was revoked; null while it holds.</param>
/// <param name="RevokedBy">By whom.</param>
public sealed record ExclusionRule(long Id, ErrorCause Cause, string Why, DateOnly LastOn, DateTimeOffset MadeAt, string MadeBy, DateTimeOffset? RevokedAt, string? RevokedBy);
