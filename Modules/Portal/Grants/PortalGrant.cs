using Billing.Customers.Accounts;

namespace Billing.Portal.Grants;

/// <summary>What a customer's person may see of one account.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Account">Of which account.</param>
/// <param name="ContactId">The contact they are there; null for somebody from outside, such as an accountant.</param>
/// <param name="Role">One of <see cref="PortalRole"/>.</param>
/// <param name="SeesAllNumbers">Every number's calls, those of numbers to come included; <paramref name="Numbers"/> says nothing then.</param>
/// <param name="Numbers">Whose calls otherwise; none for nobody's.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record PortalGrant(long PersonId, AccountId Account, long? ContactId, string Role, bool SeesAllNumbers, IReadOnlyList<NumberGrant> Numbers, int Version);
