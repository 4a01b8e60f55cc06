namespace Billing.Host.Demo;

/// <summary>Somewhere to call.</summary>
/// <param name="Code">The charge code in 42-column files.</param>
/// <param name="Name">The text beside it; geographic calls name the town instead.</param>
/// <param name="Prefixes">What its numbers begin with, country code first; or the short code itself.</param>
/// <param name="Weight">How often it is called, against the others.</param>
/// <param name="CostPerMinute">What the demo's carriers charge the reseller, in pounds.</param>
/// <param name="Number">Makes a number there: digits with the country code, or a short code.</param>
sealed record DemoDestination(
    string Code, string Name, IReadOnlyList<string> Prefixes, int Weight, decimal CostPerMinute, Func<DemoRandom, string> Number)
{
    /// <summary>Charged once a call beside the minutes.</summary>
    public decimal CostPerCall { get; init; }

    /// <summary>Three to six digits that mean something only inside the country; not in 42-column files.</summary>
    public bool IsShortCode { get; init; }

    /// <summary>False for the two that no tariff has, so that they end as errors.</summary>
    public bool IsInTariff { get; init; } = true;

    /// <summary>What the carrier charges: cost per call, and seconds by the minute rate rounded up to a tenth of a penny.</summary>
    public decimal CostOf(int seconds) => CostPerCall + decimal.Ceiling(seconds * CostPerMinute / 60m * 1000m) / 1000m;
}
