using System.Globalization;
using Billing.Abstractions.Values;

namespace Billing.Rating.Tiers;

/// <summary>
/// Prices by the volume of an account in a period (TAR-8, R14): a pure function of that volume. It knows no call and no calendar; who asks says how much
/// was used and whether the period is over.
/// </summary>
public sealed class TierSchedule
{
    private readonly Tier[] tiers;

    private TierSchedule(TierMode mode, Tier[] tiers) => (Mode, this.tiers) = (mode, tiers);

    /// <summary>Whether each part has its own price or the whole volume one.</summary>
    public TierMode Mode { get; }

    /// <summary>Ascending, the first from 0 on.</summary>
    public IReadOnlyList<Tier> Tiers => tiers;

    /// <summary>Makes a schedule of tiers that cover every volume once.</summary>
    /// <param name="mode">What a price holds for.</param>
    /// <param name="tiers">In any order.</param>
    /// <returns>The schedule, or <c>tiers.*</c>: no tier, none from 0 on, two from the same volume on, a negative price.</returns>
    public static Result<TierSchedule> Create(TierMode mode, IEnumerable<Tier> tiers)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        var inOrder = tiers.OrderBy(tier => tier.Above).ToArray();
        if (inOrder.Length == 0) return new Failure("tiers.none", "There is no tier. Write at least one, from 0 on.");
        if (inOrder[0].Above != 0)
            return new Failure("tiers.gap", $"The first tier begins above {Show(inOrder[0].Above)}, so what comes before it has no price. Let one begin at 0.");
        for (var i = 0; i < inOrder.Length; i++)
        {
            if (i > 0 && inOrder[i].Above == inOrder[i - 1].Above)
                return new Failure("tiers.ambiguous", $"Two tiers begin above {Show(inOrder[i].Above)}: {Show(inOrder[i - 1].UnitPrice)} and {Show(inOrder[i].UnitPrice)} a unit. Remove one.");
            if (inOrder[i].UnitPrice < 0) return new Failure("tiers.negative-price", $"The tier above {Show(inOrder[i].Above)} costs {Show(inOrder[i].UnitPrice)} a unit. A price can't be negative.");
        }
        return new TierSchedule(mode, inOrder);
    }

    /// <summary>What the whole volume of a period costs.</summary>
    /// <param name="volume">Units used, 0 or more.</param>
    /// <param name="isOver">True when the period is over and nothing can be added to it.</param>
    public TierCharge Price(decimal volume, bool isOver)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(volume);
        var isProvisional = !isOver && Mode == TierMode.WholeVolume && tiers.Length > 1;
        if (volume == 0) return new TierCharge(0, [], isProvisional);
        if (Mode == TierMode.WholeVolume)
        {
            var reached = tiers.Last(tier => volume > tier.Above);
            return new TierCharge(volume, [new TierPart(reached, volume, volume * reached.UnitPrice)], isProvisional);
        }

        var parts = new List<TierPart>();
        for (var i = 0; i < tiers.Length && volume > tiers[i].Above; i++)
        {
            var end = i + 1 < tiers.Length ? Math.Min(volume, tiers[i + 1].Above) : volume;
            var units = end - tiers[i].Above;
            parts.Add(new TierPart(tiers[i], units, units * tiers[i].UnitPrice));
        }
        return new TierCharge(volume, parts, isProvisional);
    }

    /// <summary>
    /// What a further piece of usage adds to the period. Graduated: its price for good. Whole volume: what the account owes more (or less) from now on,
    /// the fall in price of all that came before included.
    /// </summary>
    /// <param name="before">Units used before it.</param>
    /// <param name="units">Its own units; negative where usage is taken back.</param>
    public decimal PriceOfNext(decimal before, decimal units) => Price(before + units, isOver: false).Amount - Price(before, isOver: false).Amount;

    private static string Show(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);
}
