using System.Globalization;

namespace Billing.Abstractions.Values;

/// <summary>An amount in a currency, in major units (pounds, not pence), with as many decimals as it was given.</summary>
/// <param name="Amount">Major units; may be negative (a credit).</param>
/// <param name="Currency">What the amount is counted in.</param>
public readonly record struct Money(decimal Amount, Currency Currency)
{
    /// <summary>Nothing, in a currency.</summary>
    public static Money Zero(Currency currency) => new(0m, currency);

    /// <summary>The sum of two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) => left with { Amount = left.Amount + right.In(left.Currency) };

    /// <summary>The difference of two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator -(Money left, Money right) => left with { Amount = left.Amount - right.In(left.Currency) };

    /// <summary>The same amount on the other side of the books.</summary>
    public static Money operator -(Money money) => money with { Amount = -money.Amount };

    /// <summary>The amount, where the caller knows the currency it must be in.</summary>
    /// <exception cref="InvalidOperationException">It is in another one. Nothing is ever converted silently.</exception>
    public decimal In(Currency currency) => Currency == currency
        ? Amount
        : throw new InvalidOperationException($"{this} was used as if it were {currency}.");

    /// <summary>Rounds to a multiple of <paramref name="unit"/>, for example 0.01 (a penny) or 0.001 (a tenth of one).</summary>
    /// <param name="mode">Which way.</param>
    /// <param name="unit">Greater than zero, in major units.</param>
    public Money RoundTo(Rounding mode, decimal unit) => this with { Amount = Round(Amount, mode, unit) };

    /// <summary>Rounds to the currency's smallest coin.</summary>
    public Money RoundToCoin(Rounding mode) => RoundTo(mode, CoinOf(Currency));

    /// <summary>
    /// Splits into <paramref name="parts"/> equal amounts of whole coins whose sum is exactly this amount; the last part
    /// takes what is left over (10.00 in three is 3.33, 3.33, 3.34).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parts"/> is not at least 1.</exception>
    public Money[] Split(int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        var each = (this with { Amount = Amount / parts }).RoundToCoin(Rounding.Down);
        var split = new Money[parts];
        Array.Fill(split, each);
        split[^1] = this with { Amount = Amount - each.Amount * (parts - 1) };
        return split;
    }

    /// <summary>Rounds a bare number to a multiple of <paramref name="unit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="unit"/> is not greater than zero, or the mode is unknown.</exception>
    public static decimal Round(decimal amount, Rounding mode, decimal unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(unit);
        var units = amount / unit;
        var whole = mode switch
        {
            Rounding.Up => units >= 0 ? decimal.Ceiling(units) : decimal.Floor(units),
            Rounding.Down => decimal.Truncate(units),
            Rounding.HalfUp => decimal.Round(units, 0, MidpointRounding.AwayFromZero),
            Rounding.HalfEven => decimal.Round(units, 0, MidpointRounding.ToEven),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Unknown rounding mode."),
        };
        return whole * unit;
    }

    /// <summary>The currency's smallest coin in major units: 0.01 for GBP.</summary>
    public static decimal CoinOf(Currency currency) => currency.Decimals switch { 0 => 1m, 2 => 0.01m, 3 => 0.001m, var d => new decimal(1, 0, 0, false, (byte)d) };

    /// <summary>Amount and code, culture-invariant: <c>12.50 GBP</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");
}
