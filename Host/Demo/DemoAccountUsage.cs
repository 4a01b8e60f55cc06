namespace Billing.Host.Demo;

/// <summary>The calls of an account that a run bills.</summary>
/// <param name="Calls">How many, free and reversed ones included.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Cost">What carriers charge for those they price.</param>
sealed record DemoAccountUsage(int Calls, long Seconds, decimal Cost);
