namespace Billing.Tenancy.Users;

/// <summary>A host name that leads to a tenant.</summary>
/// <param name="Host">Lower case, without a port.</param>
/// <param name="IsPortal">True where the tenant's customers sign in, and see nothing but the portal; false for its staff.</param>
/// <param name="AddedAt">When.</param>
public sealed record HostName(string Host, bool IsPortal, DateTimeOffset AddedAt);
