namespace Billing.Invoicing.BillingRuns;

/// <summary>How a step stands.</summary>
public enum NextStepState
{
    /// <summary>Done: green.</summary>
    Done,

    /// <summary>Its turn.</summary>
    Now,

    /// <summary>Its turn, but something is in the way.</summary>
    Blocked,

    /// <summary>Somebody or something works on it.</summary>
    Working,

    /// <summary>After those before it.</summary>
    Later,
}
