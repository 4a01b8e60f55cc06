using Billing.Abstractions.Values;
using Billing.Catalog.Products;

namespace Billing.Catalog.Allowances;

/// <summary>An allowance that a product includes.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Product">Which product.</param>
/// <param name="Allowance">Which allowance.</param>
/// <param name="Valid">The days.</param>
/// <param name="Version">To be handed back with a change.</param>
public sealed record IncludedAllowance(long Id, ProductId Product, AllowanceId Allowance, DateInterval Valid, int Version);
