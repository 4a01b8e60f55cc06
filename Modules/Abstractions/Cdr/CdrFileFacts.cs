using Billing.Abstractions.Values;

namespace Billing.Abstractions.Cdr;

/// <summary>What can be known about a file from its name and its first bytes.</summary>
/// <param name="Kind">Daily, monthly, ...</param>
/// <param name="Period">The days the file is about, where it says so.</param>
/// <param name="Expected">Totals the name or header claims; checked like those of a trailer.</param>
public sealed record CdrFileFacts(CdrFileKind Kind, DateInterval? Period = null, CdrTotals? Expected = null)
{
    /// <summary>Nothing is known.</summary>
    public static CdrFileFacts Unknown { get; } = new(CdrFileKind.Unknown);
}
