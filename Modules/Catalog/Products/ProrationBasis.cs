namespace Billing.Catalog.Products;

/// <summary>What one day of a part period costs.</summary>
public enum ProrationBasis
{
    /// <summary>Days used over the days the whole period really has: 17 of 31.</summary>
    Actual,

    /// <summary>Days used over 30 a month, never more than the whole price: 17 of 30.</summary>
    Thirty,

    /// <summary>Days counted as if every month had 30, over 30 a month: from the 15th it is 16 of 30.</summary>
    Thirty360,
}
