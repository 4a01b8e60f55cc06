namespace Billing.Tenancy.Users;

/// <summary>A sign-in that has not ended.</summary>
/// <param name="Id">Within the tenant; for lists, never in a cookie.</param>
/// <param name="Person">Whose.</param>
/// <param name="IsOpen">False while the second factor is still asked for: it then lets nobody in.</param>
/// <param name="CreatedAt">When they signed in.</param>
/// <param name="LastSeenAt">Their last request, to the minute.</param>
/// <param name="Address">Where they signed in from.</param>
/// <param name="Device">What the browser calls itself.</param>
public sealed record Session(long Id, PersonId Person, bool IsOpen, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string Address, string Device);
