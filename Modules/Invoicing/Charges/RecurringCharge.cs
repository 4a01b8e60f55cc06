using Billing.Abstractions.Values;
using Billing.Catalog.Products;

namespace Billing.Invoicing.Charges;

/// <summary>Which slices of a recurring charge are due. Pure: the same arguments always give the same slices.</summary>
public static class RecurringCharge
{
    /// <summary>The slices that fall due by a day and have not been charged yet.</summary>
    /// <param name="price">A whole period's price, quantity included.</param>
    /// <param name="terms">Length of a period, advance or arrears, proration basis.</param>
    /// <param name="anchorDay">Day of the month on which a period begins.</param>
    /// <param name="valid">The days the charge runs.</param>
    /// <param name="chargedTo">First day that is not charged yet; null when nothing is.</param>
    /// <param name="through">Everything that is due by this day, included: an advance period on its first day, an arrears period on its last.</param>
    /// <param name="coin">Amounts are rounded half up to a multiple of this.</param>
    public static IReadOnlyList<ProratedSlice> Slices(
        decimal price, RecurringTerms terms, int anchorDay, DateInterval valid, DateOnly? chargedTo, DateOnly through, decimal coin)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var slices = new List<ProratedSlice>();
        var from = chargedTo is { } charged && charged > valid.From ? charged : valid.From;
        while (valid.To is not { } end || from < end)
        {
            var period = BillingPeriods.Containing(valid.From, anchorDay, terms.EveryMonths, from);
            var part = new DateInterval(from, valid.To is { } ends && ends < period.To ? ends : period.To);
            var dueOn = terms.Billing == BillingTime.Advance ? part.From : part.To!.Value.AddDays(-1);
            if (dueOn > through) break;
            slices.Add(Proration.Price(price, part, period, terms.EveryMonths, terms.Basis, coin));
            from = part.To!.Value;
        }
        return slices;
    }
}
