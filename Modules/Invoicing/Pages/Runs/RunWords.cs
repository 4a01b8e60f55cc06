using Billing.Invoicing.BillingRuns;
using Billing.Screens.Parts;

namespace Billing.Invoicing.Pages.Runs;

/// <summary>How a run's facts are said on screens.</summary>
internal static class RunWords
{
    public static string Status(BillingRunStatus status) => status switch
    {
        BillingRunStatus.Pending => "Pending",
        BillingRunStatus.Requested => "Requested",
        BillingRunStatus.Running => "Running",
        BillingRunStatus.Completed => "Completed",
        _ => "Cancelled",
    };

    public static Tone Tone(BillingRunStatus status) => status switch
    {
        BillingRunStatus.Requested or BillingRunStatus.Running => Screens.Parts.Tone.Active,
        BillingRunStatus.Completed => Screens.Parts.Tone.Good,
        BillingRunStatus.Cancelled => Screens.Parts.Tone.Bad,
        _ => Screens.Parts.Tone.Quiet,
    };

    public static string Confirm(string gate) => gate switch
    {
        RunGate.Payments => "Confirm payments checked",
        RunGate.CdrsProcessed => "Confirm CDRs processed",
        RunGate.ErrorsChecked => "Confirm errors checked",
        RunGate.FixedFeeErrorsChecked => "Confirm fixed fee errors checked",
        _ => "Confirm pre-billing report checked",
    };

    public static string Gate(string gate) => gate switch
    {
        RunGate.Payments => "Payments checked",
        RunGate.CdrsProcessed => "CDRs processed",
        RunGate.ErrorsChecked => "Errors checked",
        RunGate.FixedFeeErrorsChecked => "Fixed fee errors checked",
        RunGate.PreBillingReport => "Pre-billing report checked",
        _ => gate,
    };
}
