namespace Billing.Usage.Trend;

/// <summary>What the error rate is taken of.</summary>
public enum TrendBy
{
    /// <summary>Months, by the day of the call.</summary>
    Month,

    /// <summary>Days.</summary>
    Day,

    /// <summary>Billing runs, by the days whose calls they bill.</summary>
    Run,

    /// <summary>CDR files.</summary>
    File,
}
