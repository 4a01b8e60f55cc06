namespace Billing.Rating.Allowances;

/// <summary>Names one pool: what one owner has of one grant in one period.</summary>
/// <param name="Source">Where the grant comes from.</param>
/// <param name="Grant">The grant.</param>
/// <param name="Allowance">The allowance; 0 for a cap.</param>
/// <param name="Pool">What kind of owner.</param>
/// <param name="Owner">Which service, site (0: none) or account.</param>
/// <param name="From">First day of the period.</param>
/// <param name="To">First day after it.</param>
public readonly record struct PoolKey(GrantSource Source, long Grant, long Allowance, AllowancePool Pool, long Owner, DateOnly From, DateOnly To);
