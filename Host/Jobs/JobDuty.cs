namespace Billing.Host.Jobs;

/// <summary>What a host does about jobs.</summary>
/// <param name="Works">True to do them; false only to ask for them.</param>
internal sealed record JobDuty(bool Works);
