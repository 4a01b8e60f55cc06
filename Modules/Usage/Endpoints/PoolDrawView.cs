namespace Billing.Usage.Endpoints;

/// <summary>What one service drew from a pool.</summary>
sealed record PoolDrawView(string Service, decimal Seconds, decimal Messages, decimal Bytes, decimal Calls, decimal Saved);
