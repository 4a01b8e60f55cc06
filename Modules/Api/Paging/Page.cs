namespace Billing.Api.Paging;

/// <summary>A piece of a list.</summary>
/// <param name="Items">The things, in the list's own order.</param>
/// <param name="Next">Send it as <c>after</c> to get the next piece; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
