namespace Billing.Rating.Allowances;

/// <summary>Where an account has an allowance or a cap from.</summary>
public enum GrantSource
{
    /// <summary>Given to it directly.</summary>
    Given,

    /// <summary>Part of a product it has: a recurring charge.</summary>
    Product,

    /// <summary>A spend cap, which is a limit on what is billed instead of on what is free.</summary>
    Cap,
}
