namespace Billing.Rating.Allowances;

/// <summary>What an allowance is counted in.</summary>
public enum AllowanceMeasure
{
    /// <summary>Seconds of calls; an allowance of 500 minutes is one of 30,000.</summary>
    Seconds,

    /// <summary>Text messages, or whatever the carrier counts as events.</summary>
    Messages,

    /// <summary>Bytes, both ways together. Whether a megabyte is 10^6 or 2^20 of them is decided where the size is written.</summary>
    Bytes,

    /// <summary>Calls (messages, sessions), however long.</summary>
    Calls,

    /// <summary>Money, in the tenant's currency, major units, without VAT.</summary>
    Money,
}
