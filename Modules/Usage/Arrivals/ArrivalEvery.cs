namespace Billing.Usage.Arrivals;

/// <summary>How often a carrier sends a file.</summary>
public enum ArrivalEvery
{
    /// <summary>One for each hour of the tenant's clock.</summary>
    Hourly,

    /// <summary>One for each day.</summary>
    Daily,

    /// <summary>One for each calendar month.</summary>
    Monthly,
}
