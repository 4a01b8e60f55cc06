using Billing.Tenancy.Data;
using Billing.Usage.CarrierCharges;

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

    /// <summary>Carriers' recurring charges that nobody is known for were looked at; asked only of tenants whose carriers send files of them (ERR-5).</summary>
    public const string FixedFeeErrorsChecked = "fixed-fee-errors-checked";

    /// <summary>The draft was read.</summary>
    public const string PreBillingReport = "pre-billing-report";

    /// <summary>Those of every run, in the order they are asked for.</summary>
    public static IReadOnlyList<string> All { get; } = [Payments, CdrsProcessed, ErrorsChecked, PreBillingReport];

    /// <summary>All that there are, in the order they are asked for.</summary>
    public static IReadOnlyList<string> Known { get; } = [Payments, CdrsProcessed, ErrorsChecked, FixedFeeErrorsChecked, PreBillingReport];

    /// <summary>Those that are asked of a tenant, in their order.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(TenantDb db, CancellationToken cancellationToken = default) => await CarrierChargeList.IsUsedAsync(db, cancellationToken) ? Known : All;
}
