using Billing.Abstractions.Values;

namespace Billing.Invoicing.Documents;

/// <summary>Days as people write them: both ends included.</summary>
/// <param name="From">First day.</param>
/// <param name="Through">Last day, included.</param>
public sealed record PrintedPeriod(DateOnly From, DateOnly Through)
{
    /// <summary>The printed form of days whose end is not included.</summary>
    public static PrintedPeriod Of(DateInterval days) => new(days.From, days.To!.Value.AddDays(-1));
}
