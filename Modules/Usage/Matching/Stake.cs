using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Screens;

namespace Billing.Usage.Matching;

/// <summary>
/// What carriers charge for calls that nobody is billed for, each sum in the currency it is charged in: nothing is converted, nothing added up across
/// currencies. Calls without a cost make it a lower bound.
/// </summary>
public sealed class Stake : IEquatable<Stake>
{
    /// <summary>Nothing at stake.</summary>
    public static Stake None { get; } = new([], 0, 0);

    /// <summary>Makes one.</summary>
    /// <param name="known">A sum a currency; several of one currency are added up.</param>
    /// <param name="calls">All calls.</param>
    /// <param name="callsWithoutCost">Those of them whose carrier names no cost.</param>
    public Stake(IEnumerable<Money> known, long calls, long callsWithoutCost)
    {
        ArgumentNullException.ThrowIfNull(known);
        Known = [.. known.GroupBy(money => money.Currency).Select(of => new Money(of.Sum(money => money.Amount), of.Key)).OrderBy(money => money.Currency.Code, StringComparer.Ordinal)];
        (Calls, CallsWithoutCost) = (calls, callsWithoutCost);
    }

    /// <summary>The sums, one a currency, by its code.</summary>
    public IReadOnlyList<Money> Known { get; }

    /// <summary>All calls.</summary>
    public long Calls { get; }

    /// <summary>Calls whose carrier names no cost.</summary>
    public long CallsWithoutCost { get; }

    /// <summary>True when no call has a cost: the money at stake is not nothing, but nobody knows it.</summary>
    public bool IsUnknown => Calls > 0 && CallsWithoutCost == Calls;

    /// <summary>True when some calls have no cost: it is more than what is known.</summary>
    public bool IsAtLeast => CallsWithoutCost > 0 && !IsUnknown;

    /// <summary>What is known in one currency; zero where nothing is.</summary>
    public decimal In(Currency currency) => Known.Where(money => money.Currency == currency).Sum(money => money.Amount);

    /// <summary>The stake of several causes.</summary>
    public static Stake Sum(IEnumerable<Stake> stakes)
    {
        var all = stakes.ToList();
        return new Stake(all.SelectMany(stake => stake.Known), all.Sum(stake => stake.Calls), all.Sum(stake => stake.CallsWithoutCost));
    }

    /// <summary>For screens: <c>unknown</c>, <c>£3.20</c>, <c>at least £3.20 and €1.10</c>.</summary>
    /// <param name="ofNothing">The currency zero is written in.</param>
    public string Write(Currency ofNothing)
    {
        if (IsUnknown) return "unknown";
        var sums = Known.Where(money => money.Amount != 0).Select(money => Written.Amount(money.Amount, money.Currency)).ToList();
        return (IsAtLeast ? "at least " : "") + (sums.Count == 0 ? Written.Amount(0, ofNothing) : Join(sums));
    }

    /// <summary>For records and sentences: <c>at least 3.20 GBP and 1.10 EUR</c>.</summary>
    public string Say(Currency ofNothing)
    {
        if (IsUnknown) return "an unknown amount";
        var sums = Known.Where(money => money.Amount != 0).Select(money => string.Create(CultureInfo.InvariantCulture, $"{money.Amount:0.00##} {money.Currency}")).ToList();
        return (IsAtLeast ? "at least " : "") + (sums.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"0.00 {ofNothing}") : Join(sums));
    }

    /// <inheritdoc/>
    public bool Equals(Stake? other) => other is not null && Calls == other.Calls && CallsWithoutCost == other.CallsWithoutCost && Known.SequenceEqual(other.Known);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Stake);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Calls, CallsWithoutCost, Known.Count);

    private static string Join(List<string> sums) => sums.Count == 1 ? sums[0] : string.Join(", ", sums.SkipLast(1)) + " and " + sums[^1];
}
