namespace Billing.Customers.Allowances;

/// <summary>A given allowance as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Given">What was given.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record StoredGivenAllowance(long Id, GivenAllowance Given, int Version);
