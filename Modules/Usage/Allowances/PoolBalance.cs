using Billing.Abstractions.Values;
using Billing.Catalog.Allowances;
using Billing.Rating.Allowances;

namespace Billing.Usage.Allowances;

/// <summary>One pool of an account in one period: what it holds and who drew it.</summary>
/// <param name="Key">Which pool.</param>
/// <param name="Name">The allowance's name.</param>
/// <param name="Owner">The service or site it belongs to; null for the account's.</param>
/// <param name="Levels">One for each limit; the first to be reached ends it.</param>
/// <param name="Drawn">Who drew how much, by service, most first.</param>
/// <param name="Saved">What the covered calls would have cost.</param>
public sealed record PoolBalance(PoolKey Key, string Name, string? Owner, IReadOnlyList<PoolLevel> Levels, IReadOnlyList<(string Service, AllowanceUnits Units, decimal Saved)> Drawn, decimal Saved)
{
    /// <summary>First day of its period.</summary>
    public DateOnly From => Key.From;

    /// <summary>Last day of its period.</summary>
    public DateOnly Through => Key.To.AddDays(-1);

    /// <summary>Used of size, 0 to 1; of several limits the one that is nearest to its end.</summary>
    public decimal Share => Levels.Max(level => level.Size == 0 ? 1 : decimal.Round(level.Used / level.Size, 4, MidpointRounding.AwayFromZero));

    /// <summary>What it holds, in words.</summary>
    public string Size(Currency currency) => Words(level => level.Size, currency);

    /// <summary>What was drawn, in words.</summary>
    public string Used(Currency currency) => Words(level => level.Used, currency);

    /// <summary>What is left, in words.</summary>
    public string Left(Currency currency) => Words(level => level.Left, currency);

    /// <summary>What one service drew, in words.</summary>
    public string Show(AllowanceUnits units, Currency currency) => string.Join(" or ", Levels.Select(level => AllowanceWords.Show(level.Measure, units[level.Measure], currency)));

    private string Words(Func<PoolLevel, decimal> of, Currency currency) => string.Join(" or ", Levels.Select(level => AllowanceWords.Show(level.Measure, of(level), currency)));
}
