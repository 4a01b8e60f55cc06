namespace Billing.Invoicing.BillingRuns;

/// <summary>The checks a person confirms by name before bills are requested (RUN-11).</summary>
public static class RunGate
{
    /// <summary>Payments were entered and reviewed.</summary>
    public const string Payments = "payments";

    /// <summary>All CDR files are in.</summary>
    public const string CdrsProcessed = "cdrs-processed";

    /// <summary>Billing errors were looked at.</summary>
    public const string ErrorsChecked = "errors-checked";

    /// <summary>The draft was read.</summary>
    public const string PreBillingReport = "pre-billing-report";

    /// <summary>In the order they are asked for.</summary>
    public static IReadOnlyList<string> All { get; } = [Payments, CdrsProcessed, ErrorsChecked, PreBillingReport];
}
