namespace Billing.Usage.Arrivals;

/// <summary>A file that a carrier is expected to send again and again.</summary>
/// <param name="Id">Its number within the tenant; 0 before it is stored.</param>
/// <param name="Version">Grows with each change.</param>
/// <param name="Terms">What is expected.</param>
public sealed record ArrivalPlan(long Id, int Version, ArrivalTerms Terms);
