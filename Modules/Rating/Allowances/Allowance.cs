using Billing.Abstractions.Cdr;

namespace Billing.Rating.Allowances;

/// <summary>
/// Usage that costs nothing up to a limit: 500 minutes, 1,000 texts, 20 GB, 50 calls, 50 pounds; or several limits of which the first to be reached
/// ends it ("500 minutes or 50 pounds"). What is not used by the end of a period is gone.
/// </summary>
/// <param name="Name">As bills and screens print it.</param>
/// <param name="Limits">At least one, each of another measure.</param>
/// <param name="Covers">Which usage draws from it.</param>
/// <param name="Pool">Who shares it.</param>
/// <param name="Crossing">What becomes of the call it is too small for.</param>
/// <param name="CountsActual">True: the seconds a call lasted. False: those the tariff bills, after its intervals (rule R11).</param>
/// <param name="ChargesSetup">True: the tariff's connection charge is charged on covered calls too. False: it is covered with the call, even with part of it.</param>
/// <param name="LongestSeconds">Only so many seconds of one call are covered, the rest is charged; null for no such limit.</param>
/// <param name="FirstPeriod">How much it holds in the period in which it begins.</param>
public sealed record Allowance(
    string Name,
    IReadOnlyList<AllowanceLimit> Limits,
    Coverage Covers,
    AllowancePool Pool,
    CrossingPolicy Crossing,
    bool CountsActual,
    bool ChargesSetup,
    int? LongestSeconds,
    PartPeriod FirstPeriod)
{
    /// <summary>Whether a limit counts usage of a kind: minutes count calls and nothing else, while calls and money count everything.</summary>
    internal static bool Counts(AllowanceMeasure measure, CdrKind kind) => measure switch
    {
        AllowanceMeasure.Seconds => kind == CdrKind.Voice,
        AllowanceMeasure.Messages => kind == CdrKind.Sms,
        AllowanceMeasure.Bytes => kind == CdrKind.Data,
        _ => true,
    };

    /// <summary>True when some limit counts usage of a kind; without one nothing would ever end it.</summary>
    internal bool Counts(CdrKind kind) => Limits.Any(limit => Counts(limit.Measure, kind));
}
