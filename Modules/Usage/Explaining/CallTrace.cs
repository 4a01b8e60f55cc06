using Billing.Rating.Engine;
using Billing.Usage.Matching;

namespace Billing.Usage.Explaining;

/// <summary>How a line of a carrier's file became an amount, from the raw text to the last rounding; enough to come to the amount again.</summary>
public sealed record CallTrace
{
    /// <summary>The file's id.</summary>
    public required long FileId { get; init; }

    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>Id of the format that read it.</summary>
    public required string Format { get; init; }

    /// <summary>The line, or the last of several.</summary>
    public required long Line { get; init; }

    /// <summary>How many lines the call has.</summary>
    public required int Lines { get; init; }

    /// <summary>What stands in the file.</summary>
    public required string Raw { get; init; }

    /// <summary>Its state, as in <see cref="RatedCalls.FileLine.State"/>.</summary>
    public required string State { get; init; }

    /// <summary>What was read; null for a line that could not be read.</summary>
    public CallFacts? Facts { get; init; }

    /// <summary>True where somebody answered.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>The start on the reseller's clock.</summary>
    public DateTime? StartedLocal { get; init; }

    /// <summary>True where the clock showed the time twice or never that night.</summary>
    public bool IsTimeDoubtful { get; init; }

    /// <summary>Who pays; null where nobody was found.</summary>
    public OwnerFound? Owner { get; init; }

    /// <summary>Where a tariff was looked for.</summary>
    public IReadOnlyList<TariffTried> Tariffs { get; init; } = [];

    /// <summary>Code of the tariff that priced it; null where it has no price.</summary>
    public string? Tariff { get; init; }

    /// <summary>Which version of that. Versions never change.</summary>
    public int? TariffVersion { get; init; }

    /// <summary>The arithmetic, each step with its operands: price, then allowances and caps.</summary>
    public IReadOnlyList<RatingStep> Steps { get; init; } = [];

    /// <summary>What the steps come to; null where there is no price.</summary>
    public decimal? Computed { get; init; }

    /// <summary>What is stored, and billed; null where there is no price.</summary>
    public decimal? Charge { get; init; }

    /// <summary>What keeps it from being billed; null where nothing does.</summary>
    public BillingError? Error { get; init; }

    /// <summary>True unless the steps come to another amount than is stored.</summary>
    public bool IsReproduced => Computed == Charge;
}
