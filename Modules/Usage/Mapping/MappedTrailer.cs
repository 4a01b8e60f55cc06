namespace Billing.Usage.Mapping;

/// <summary>A line at the end that says what the file holds; what it says must agree before anything is stored.</summary>
public sealed record MappedTrailer
{
    /// <summary>How the line begins, as it stands in the file.</summary>
    public string StartsWith { get; init; } = "";

    /// <summary>Column with the number of records, from 1.</summary>
    public int? Records { get; init; }

    /// <summary>Column with the sum of the seconds, from 1.</summary>
    public int? Seconds { get; init; }

    /// <summary>Column with the sum of the costs, from 1, in the unit of the calls' costs.</summary>
    public int? Cost { get; init; }
}
