namespace Billing.Catalog.Products;

/// <summary>A product as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Product">The product.</param>
/// <param name="RetiredOn">First day it is not sold any more; null while it is. What was sold goes on.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record StoredProduct(ProductId Id, Product Product, DateOnly? RetiredOn, int Version);
