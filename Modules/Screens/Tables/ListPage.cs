namespace Billing.Screens.Tables;

/// <summary>One page of a list.</summary>
/// <param name="Query">What was asked for.</param>
/// <param name="Items">The rows of the page.</param>
/// <param name="Total">Rows of all pages.</param>
public sealed record ListPage<T>(ListQuery Query, IReadOnlyList<T> Items, long Total);
