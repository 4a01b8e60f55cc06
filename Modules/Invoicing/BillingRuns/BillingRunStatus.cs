namespace Billing.Invoicing.BillingRuns;

/// <summary>How far a run is.</summary>
public enum BillingRunStatus
{
    /// <summary>Its fields can change, drafts can be made.</summary>
    Pending,

    /// <summary>Asked for: fields locked, nothing posted yet.</summary>
    Requested,

    /// <summary>Invoices are being posted.</summary>
    Running,

    /// <summary>Every account's invoice is posted, or the account is parked with a reason.</summary>
    Completed,

    /// <summary>Given up before anything was posted.</summary>
    Cancelled,
}
