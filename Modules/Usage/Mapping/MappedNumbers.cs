namespace Billing.Usage.Mapping;

/// <summary>How a carrier writes telephone numbers (<see cref="Billing.Abstractions.Values.NumberRules"/>).</summary>
public sealed record MappedNumbers
{
    /// <summary>Country a national number belongs to.</summary>
    public int CountryCode { get; init; } = 44;

    /// <summary>What is dialled before a national number; empty where there is nothing.</summary>
    public string NationalPrefix { get; init; } = "0";

    /// <summary>True when digits without any prefix are an international number whose plus was left off.</summary>
    public bool BareIsInternational { get; init; }
}
