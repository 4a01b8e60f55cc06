using Billing.Customers.Services;

namespace Billing.Portal.Grants;

/// <summary>Whose calls somebody may see.</summary>
/// <param name="Service">A service of the account.</param>
/// <param name="Number">One number of it, digits with the country code; 0 for the whole service.</param>
public sealed record NumberGrant(ServiceId Service, long Number);
