namespace Billing.Host.Jobs;

/// <summary>Something a host looks after now and then, one host at a time.</summary>
/// <param name="Name">Unique among them.</param>
/// <param name="Job">What Quartz runs; what it needs is among the services of whoever adds this.</param>
/// <param name="Every">From one begin to the next.</param>
internal sealed record RepeatedWork(string Name, Type Job, TimeSpan Every);
