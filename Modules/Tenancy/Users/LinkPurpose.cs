namespace Billing.Tenancy.Users;

/// <summary>What a one-time link is for.</summary>
public enum LinkPurpose
{
    /// <summary>A new person sets their first password.</summary>
    Invitation,

    /// <summary>A person who forgot their password sets another.</summary>
    Reset,
}
