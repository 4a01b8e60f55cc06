namespace Billing.Usage.Endpoints;

/// <summary>One limit of a pool: seconds, messages, bytes, calls or money.</summary>
sealed record PoolLevelView(string Measure, decimal Size, decimal Used, decimal Left);
