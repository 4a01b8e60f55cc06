namespace Billing.Abstractions.Cdr;

/// <summary>Who pays by default: the caller's service for an outbound call, the called number's service for an inbound one.</summary>
public enum CallDirection
{
    /// <summary>From the reseller's customer to somewhere; matched by identity, then by the calling number.</summary>
    Out,

    /// <summary>To the reseller's customer (freephone, call forwarding); matched by identity, then by the called number.</summary>
    In,
}
