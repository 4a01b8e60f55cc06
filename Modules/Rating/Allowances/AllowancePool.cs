namespace Billing.Rating.Allowances;

/// <summary>Who shares what an allowance holds. In this order they are drawn from: the narrowest first (rule R9).</summary>
public enum AllowancePool
{
    /// <summary>Each service has its own.</summary>
    Service,

    /// <summary>The services of a site share one; those of no site share one as well.</summary>
    Site,

    /// <summary>All services of the account share one.</summary>
    Account,
}
