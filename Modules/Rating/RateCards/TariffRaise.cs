using Billing.Abstractions.Values;

namespace Billing.Rating.RateCards;

/// <summary>A tariff with all its prices higher or lower by the same share.</summary>
public static class TariffRaise
{
    /// <summary>The least, not included: nothing would be left of a price.</summary>
    public const decimal Lowest = -100;

    /// <summary>The most, included.</summary>
    public const decimal Highest = 1000;

    private const decimal Smallest = 0.0000000001m;

    /// <summary>
    /// Raises every price: a minute, a message, a megabyte, a call, connection, minimum, maximum, and the access charge; half-up to ten decimals. Service charges stay,
    /// for they are somebody else's price, and so do mark-ups on the carrier's cost, which follow that.
    /// </summary>
    /// <param name="tariff">A version of it.</param>
    /// <param name="percent">5 for five percent more, -5 for five percent less; above <see cref="Lowest"/> and up to <see cref="Highest"/>.</param>
    /// <returns>The raised tariff; or why it can't be, for example because a limit for consumers is passed.</returns>
    public static TariffReading By(Tariff tariff, decimal percent)
    {
        ArgumentNullException.ThrowIfNull(tariff);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(percent, Lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, Highest);
        var raised = tariff.With([.. tariff.Rates.Select(Raise)], RaiseTerms(tariff.Defaults), tariff.AccessCharge is { } access ? access with { PerMinute = Price(access.PerMinute) } : null);
        // Read like any other document, so that nothing is a draft that could not be published.
        return TariffReader.Read(TariffWriter.Write(raised));

        Rate Raise(Rate rate) => rate.ServiceRange is not null ? rate : rate with
        {
            PerMinute = rate.PerMinute?.Each(Price),
            PerMessage = rate.PerMessage?.Each(Price),
            PerMegabyte = rate.PerMegabyte?.Each(Price),
            Stages = [.. rate.Stages.Select(stage => stage with { PerMinute = stage.PerMinute.Each(Price) })],
            Terms = RaiseTerms(rate.Terms),
        };

        RateTerms RaiseTerms(RateTerms terms) => terms == RateTerms.Unsaid ? terms : terms with
        {
            Connection = terms.Connection?.Each(Price),
            PerCall = terms.PerCall?.Each(Price),
            Minimum = terms.Minimum is { } minimum ? Price(minimum) : null,
            Maximum = terms.Maximum is { } maximum ? Price(maximum) : null,
        };

        decimal Price(decimal price) => Money.Round(price * (100 + percent) / 100, Rounding.HalfUp, Smallest);
    }
}
