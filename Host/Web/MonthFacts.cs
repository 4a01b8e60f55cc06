using Billing.Invoicing.BillingRuns;

namespace Billing.Host.Web;

/// <summary>What <see cref="NextStep"/> is derived from.</summary>
/// <param name="Run">The newest run that was not given up; null before the first.</param>
/// <param name="Parked">Accounts it left out.</param>
/// <param name="Unprinted">Its invoices without a PDF.</param>
/// <param name="UnbalancedFiles">Files with lines in no state.</param>
/// <param name="ErrorCauses">Causes of billing errors.</param>
/// <param name="ErrorCalls">Calls of those causes.</param>
/// <param name="AtStake">What they cost, as written.</param>
/// <param name="OpenCalls">Priced calls on no invoice.</param>
internal sealed record MonthFacts(BillingRun? Run, long Parked, long Unprinted, long UnbalancedFiles, long ErrorCauses, long ErrorCalls, string AtStake, long OpenCalls)
{
    /// <summary>CDR files that are due and not here.</summary>
    public long LateFiles { get; init; }

    /// <summary>CDR files that are held because they are not like the ones before.</summary>
    public long HeldFiles { get; init; }
}
