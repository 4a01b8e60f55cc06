using Billing.Abstractions.Values;
using Billing.Customers.Accounts;

namespace Billing.Customers.Services;

/// <summary>An assignment as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">Whose.</param>
/// <param name="Service">Of which service.</param>
/// <param name="Block">The number, range or circuit.</param>
/// <param name="Valid">The days; the end does not belong to it.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record StoredAssignment(long Id, AccountId Account, ServiceId Service, NumberBlock Block, DateInterval Valid, int Version);
