namespace Billing.Tenancy.Users;

/// <summary>On which side of the counter somebody stands. One email address can be both, as two people with two passwords.</summary>
public enum PersonKind
{
    /// <summary>Works for the tenant; for tenant 0, an operator.</summary>
    Staff,

    /// <summary>Belongs to a customer account, and sees the portal only.</summary>
    Customer,
}
