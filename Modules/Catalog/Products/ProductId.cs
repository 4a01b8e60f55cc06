namespace Billing.Catalog.Products;

/// <summary>A product of the tenant.</summary>
public readonly record struct ProductId(long Value);
