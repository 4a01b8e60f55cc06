using Billing.Rating.Allowances;

namespace Billing.Usage.Allowances;

/// <summary>One spend cap in one period.</summary>
/// <param name="Key">Which cap and period.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The service it is for; null for the account's.</param>
/// <param name="Limit">The most that is billed, without VAT.</param>
/// <param name="Billed">What is, or will be.</param>
/// <param name="Over">What was used beyond and is not billed.</param>
public sealed record CapBalance(PoolKey Key, string Name, string? Owner, decimal Limit, decimal Billed, decimal Over)
{
    private const decimal WarnFrom = 0.8m;

    /// <summary>First day of its period.</summary>
    public DateOnly From => Key.From;

    /// <summary>Last day of its period.</summary>
    public DateOnly Through => Key.To.AddDays(-1);

    /// <summary>What is left of it.</summary>
    public decimal Left => Math.Max(0, Limit - Billed);

    /// <summary>Used of the limit, 0 to 1.</summary>
    public decimal Share => Limit == 0 ? 1 : decimal.Round(Math.Min(1, Billed / Limit), 4, MidpointRounding.AwayFromZero);

    /// <summary>True from four fifths of the limit on: the customer is to be warned.</summary>
    public bool IsNear => Billed >= Limit * WarnFrom;
}
