using Billing.Abstractions.Values;

namespace Billing.Usage.WhatIf;

/// <summary>An account in a replay.</summary>
/// <param name="AccountId">As stored.</param>
/// <param name="Months">Months in which it has calls.</param>
/// <param name="Figures">Its calls.</param>
public sealed record WhatIfAccount(long AccountId, int Months, WhatIfFigures Figures)
{
    /// <summary>The account's number.</summary>
    public string Number { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The account's part of all rises, or of all falls, in percent with one decimal; null where it has neither.</summary>
    public decimal? Share { get; init; }

    /// <summary>What its calls come to in a month in which it calls, as things are: the mean, to the coin.</summary>
    public decimal TypicalBefore(Currency currency) => Typical(Figures.Before, currency);

    /// <summary>The same with the change.</summary>
    public decimal TypicalAfter(Currency currency) => Typical(Figures.After, currency);

    private decimal Typical(decimal amount, Currency currency) => Months == 0 ? 0 : Money.Round(amount / Months, Rounding.HalfUp, Money.CoinOf(currency));
}
