namespace Billing.Usage.Matching;

/// <summary>What taking a mending back needs to know, kept as JSON with it.</summary>
internal sealed record Undoing
{
    /// <summary>Assignments it made.</summary>
    public long[] Assignments { get; init; } = [];

    /// <summary>Services that got numbers or a tariff.</summary>
    public long[] Services { get; init; } = [];

    /// <summary>The numbers or circuits that were assigned; null where all calls of the services are meant.</summary>
    public string[]? Parties { get; init; }

    /// <summary>The tariff that got a rate, or was given to services.</summary>
    public long? TariffId { get; init; }

    /// <summary>The version that has the rate; null where no version was published.</summary>
    public int? Version { get; init; }

    /// <summary>What that rate's destination is called; null where none was added.</summary>
    public string? Destination { get; init; }
}
