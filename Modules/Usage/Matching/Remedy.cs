namespace Billing.Usage.Matching;

/// <summary>What is to be done about causes of billing errors. Which members count depends on the kind.</summary>
/// <param name="Kind">One of the constants.</param>
public sealed record Remedy(string Kind)
{
    /// <summary>Nothing but pricing again: something was mended elsewhere.</summary>
    public const string Again = "again";

    /// <summary>The numbers or circuits the causes are about are given to a service.</summary>
    public const string Assign = "assign";

    /// <summary>A tariff gets a rate for what the causes are about, as a new version.</summary>
    public const string Rate = "rate";

    /// <summary>The services of the calls get a tariff.</summary>
    public const string Tariff = "tariff";

    /// <summary>To <see cref="Assign"/>: the service.</summary>
    public long? ServiceId { get; init; }

    /// <summary>To <see cref="Assign"/>: first day; null for the day of the cause's first call.</summary>
    public DateOnly? From { get; init; }

    /// <summary>To <see cref="Rate"/> and <see cref="Tariff"/>: the tariff.</summary>
    public long? TariffId { get; init; }

    /// <summary>To <see cref="Rate"/>: what invoices call the destination.</summary>
    public string? Destination { get; init; }

    /// <summary>To <see cref="Rate"/>: the first digits that are priced, which all causes must begin with; null for a rate for each number or charge code.</summary>
    public string? Prefix { get; init; }

    /// <summary>To <see cref="Rate"/>: price of 60 seconds, without VAT, in the tariff's currency.</summary>
    public decimal? PerMinute { get; init; }
}
