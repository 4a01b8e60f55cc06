using System.ComponentModel;
using Billing.Usage.Register;

namespace Billing.Usage.Endpoints;

/// <summary>A reconciliation file beside what is billed.</summary>
sealed record ComparisonView(
    long FileId,
    DateOnly From,
    [property: Description("Last day that is compared, included.")] DateOnly To,
    long Ours,
    long Theirs,
    long Same,
    IReadOnlyList<ComparedCalls> Differences,
    [property: Description("True where there are more differences than are looked at; those listed are the earliest.")] bool IsCut)
{
    public static ComparisonView Of(Reconciliation found) =>
        new(found.FileId, found.Period.From, found.Period.To!.Value.AddDays(-1), found.Ours, found.Theirs, found.Same, found.Differences, found.IsCut);
}
