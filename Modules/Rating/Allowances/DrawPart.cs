namespace Billing.Rating.Allowances;

/// <summary>What a call drew from one pool, or what one cap took off it.</summary>
/// <param name="Pool">Which pool.</param>
/// <param name="Used">What was used of it before.</param>
/// <param name="Units">What the call drew; negative where a reversal gave it back. For a cap: the money that counts towards it.</param>
/// <param name="Of">How many units of the call were still uncovered; 0 for a cap.</param>
/// <param name="Amount">Money taken off the call's price by it.</param>
public sealed record DrawPart(PoolKey Pool, AllowanceUnits Used, AllowanceUnits Units, decimal Of, decimal Amount);
