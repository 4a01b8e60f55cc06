using Billing.Abstractions.Values;

namespace Billing.Invoicing.Tests;

internal static class RefusalExtensions
{
    /// <summary>Why something was refused that had to be.</summary>
    public static Failure Reason<T>(this Result<T> result) => result.TryGet(out var value, out var reason) ? throw new ShouldAssertException($"It was not refused: {value}") : reason;
}
