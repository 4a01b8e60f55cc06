namespace Billing.Onboarding.Rows;

/// <summary>How a file is to be read, as a person said: nothing of it is guessed from the file.</summary>
public sealed record ImportSettings
{
    /// <summary>What 03/04/2026 means.</summary>
    public DateOrder DateOrder { get; init; }

    /// <summary>True when amounts are in pence (hundredths).</summary>
    public bool IsPence { get; init; }

    /// <summary>True when 12,50 is twelve and a half.</summary>
    public bool HasDecimalComma { get; init; }

    /// <summary>Rate cards: the tariff they are for; one that is not there is made.</summary>
    public string? TariffCode { get; init; }

    /// <summary>Rate cards: the name of a tariff that is to be made.</summary>
    public string? TariffName { get; init; }

    /// <summary>Rate cards: true when the tariff keeps the rates it has.</summary>
    public bool IsAddition { get; init; }

    /// <summary>New tariff: <c>up</c>, <c>down</c>, <c>half-up</c> or <c>half-even</c>.</summary>
    public string RoundingMode { get; init; } = "up";

    /// <summary>New tariff: what a charge is rounded to, major units.</summary>
    public string RoundingUnit { get; init; } = "0.0001";

    /// <summary>New tariff: shortest duration charged, seconds.</summary>
    public int FirstSeconds { get; init; } = 1;

    /// <summary>New tariff: steps after it, seconds.</summary>
    public int NextSeconds { get; init; } = 1;
}
