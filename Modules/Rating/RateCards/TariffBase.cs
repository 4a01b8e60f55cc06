namespace Billing.Rating.RateCards;

/// <summary>The tariff that another was made from by entering only what differs.</summary>
/// <param name="Code">The base's code.</param>
/// <param name="Version">The version of it that was taken when the differences were published.</param>
public sealed record TariffBase(string Code, int Version)
{
    /// <summary>For people.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"'{Code}' version {Version}");
}
