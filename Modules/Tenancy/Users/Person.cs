namespace Billing.Tenancy.Users;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Id">Within the tenant.</param>
/// <param name="Kind">Staff or a customer's.</param>
/// <param name="Email">As it was typed; messages go there.</param>
/// <param name="Name">As shown, and as the audit trail names them.</param>
/// <param name="Role">One of <see cref="Users.Role"/>.</param>
/// <param name="AccountId">A customer's person: their account. Null for staff.</param>
/// <param name="CreatedAt">When they were invited.</param>
/// <param name="DisabledAt">Since when they can't sign in; null for those who can.</param>
public sealed record Person(PersonId Id, PersonKind Kind, string Email, string Name, string Role, long? AccountId, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt)
{
    /// <summary>They have set a password, so they have accepted their invitation.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Signing in takes a code as well.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>Start of their newest sign-in; null before the first.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>May sign in, as far as they themselves are concerned.</summary>
    public bool IsEnabled => DisabledAt is null;

    /// <summary>What they may do.</summary>
    public IReadOnlyList<string> Permissions => Users.Role.PermissionsOf(Role);

    /// <summary>As the audit trail names them.</summary>
    public Actor Actor => new(Kind == PersonKind.Staff ? ActorKind.Staff : ActorKind.Customer, Id.Value, Name);
}
