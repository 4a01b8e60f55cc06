namespace Billing.Tenancy.Users;

/// <summary>How far a request for support access is.</summary>
public enum SupportState
{
    /// <summary>The tenant has not answered.</summary>
    Requested,

    /// <summary>The operator may work in the tenant until the end.</summary>
    Granted,

    /// <summary>The tenant said no.</summary>
    Refused,

    /// <summary>It is over: by the clock, or by somebody's hand.</summary>
    Ended,
}
