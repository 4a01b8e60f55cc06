namespace Billing.Usage.WhatIf;

/// <summary>A draft as it is replayed: the whole document, which was read without a fault when it was asked for.</summary>
/// <param name="Tariff">Code of the tariff it stands in for.</param>
/// <param name="Document">Whole.</param>
/// <param name="Percent">How much higher its prices are than those of the version it was made of; null where it was not made so.</param>
/// <param name="Version">The published version that it is, or was made of; null for a document that was given.</param>
public sealed record WhatIfDraft(string Tariff, string Document, decimal? Percent, int? Version)
{
    /// <summary>In a few words, for people.</summary>
    public string Words => (Percent, Version) switch
    {
        ({ } percent, _) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Tariff}: version {Version} with all prices {percent:+0.####;-0.####;0} %"),
        (_, { } version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Tariff}: version {version}"),
        _ => $"{Tariff}: a draft",
    };
}
