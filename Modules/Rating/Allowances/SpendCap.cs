using Billing.Abstractions.Values;

namespace Billing.Rating.Allowances;

/// <summary>
/// The most an account or a service is billed for some usage in a period, whatever was used and however late it is reported (rule R18). What is over is
/// kept and shown, and not billed.
/// </summary>
/// <param name="Id">As stored.</param>
/// <param name="Limit">Without VAT; zero allows nothing.</param>
/// <param name="Covers">Which usage counts. What stands outside by law (premium services of others, say) is left out here.</param>
/// <param name="Service">The one service it is for; null for all of the account together.</param>
/// <param name="AnchorDay">Day of the month its periods begin on.</param>
/// <param name="Valid">The days it holds.</param>
/// <param name="Lifted">Days for which the customer expressly agreed to pay more. What starts on them neither counts nor is cut.</param>
public sealed record SpendCap(long Id, decimal Limit, Coverage Covers, long? Service, int AnchorDay, DateInterval Valid, IReadOnlyList<DateInterval> Lifted)
{
    internal bool Holds(DrawCall call) =>
        Valid.Contains(call.Day) && (Service is null || Service == call.Service) && !Lifted.Any(days => days.Contains(call.Day)) && Covers.Contains(call.Kind, call.Destination, null);

    internal PoolKey PoolOf(DrawCall call)
    {
        var period = AllowancePeriod.Containing(call.Day, AnchorDay);
        return new PoolKey(GrantSource.Cap, Id, 0, Service is null ? AllowancePool.Account : AllowancePool.Service, Service ?? call.Account, period.From, period.To!.Value);
    }
}
