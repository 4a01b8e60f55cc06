namespace Billing.Invoicing.Tests.BillingRuns;

/// <summary>Which files get a partition of their own, as big ones do.</summary>
internal enum Parts
{
    None,
    All,
    EveryOther,
}
