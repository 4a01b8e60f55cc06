using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Usage.Matching;

namespace Billing.Usage.Endpoints;

/// <summary>Where a cause stands in the list: most money first. The cause itself is named by its key, for a cursor is read by who may not see whole numbers.</summary>
sealed record ErrorPlace(decimal Own, decimal Known, long Calls, string Key) : IComparable<ErrorPlace>
{
    /// <param name="group">The cause.</param>
    /// <param name="own">The tenant's currency, which counts before what is in others.</param>
    public static ErrorPlace Of(ErrorGroup group, Currency own) => new(group.Stake.In(own), group.Stake.Known.Sum(money => money.Amount), group.Calls, group.Cause.Key);

    /// <summary>Reads <see cref="ToString"/>; null when it is none.</summary>
    public static ErrorPlace? Read(string text) =>
        text.Split('/') is [var own, var known, var calls, var key] && decimal.TryParse(own, NumberStyles.Float, CultureInfo.InvariantCulture, out var first) && decimal.TryParse(known, NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            && long.TryParse(calls, NumberStyles.None, CultureInfo.InvariantCulture, out var third) ? new(first, second, third, key) : null;

    public int CompareTo(ErrorPlace? other)
    {
        if (other is null) return 1;
        var byMoney = (other.Own, other.Known, other.Calls).CompareTo((Own, Known, Calls));
        return byMoney != 0 ? byMoney : string.CompareOrdinal(Key, other.Key);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Own}/{Known}/{Calls}/{Key}");
}
