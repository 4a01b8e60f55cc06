namespace Billing.Tenancy.Users;

/// <summary>An operator's way into one tenant's data, from the request to its end.</summary>
/// <param name="Id">Within the tenant.</param>
/// <param name="Operator">A person of tenant 0.</param>
/// <param name="OperatorName">As the tenant's audit trail names them.</param>
/// <param name="Reason">Why they ask.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="State">How far it is, at the time it was read: what the clock has ended is ended.</param>
/// <param name="Role">What they may do; null before it is granted.</param>
/// <param name="AnsweredBy">Who granted or refused it.</param>
/// <param name="EndsAt">When it ends by itself; null before it is granted.</param>
public sealed record SupportAccess(
    long Id, PersonId Operator, string OperatorName, string Reason, DateTimeOffset RequestedAt, SupportState State, string? Role, string? AnsweredBy, DateTimeOffset? EndsAt);
