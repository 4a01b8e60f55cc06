namespace Billing.Catalog.Products;

/// <summary>When a period of a recurring charge falls due.</summary>
public enum BillingTime
{
    /// <summary>On its first day.</summary>
    Advance,

    /// <summary>Once its last day is over.</summary>
    Arrears,
}
