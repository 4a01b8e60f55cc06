using Billing.Abstractions.Values;
using Billing.Customers.Services;

namespace Billing.Onboarding.Kinds;

/// <summary>
/// Who holds what on which days, stored and in the file so far: the same rule as the database's, asked before anything is written. Single numbers,
/// ranges and circuits are kept apart, for a single number inside a range may belong to another service.
/// </summary>
internal sealed class HeldNumbers
{
    private readonly Dictionary<ulong, List<Holding>> singles = [];
    private readonly Dictionary<string, List<Holding>> circuits = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ulong, List<Holding>> ranges = [];

    public void Add(NumberBlock block, DateInterval valid, string owner, long? id) => PlaceOf(block).Add(new Holding(block, valid, owner, id));

    /// <summary>The owner of anything that overlaps; null when nothing does. What is stored under <paramref name="but"/> does not count.</summary>
    public string? Find(NumberBlock block, DateInterval valid, long? but)
    {
        var candidates = !block.IsRange ? PlaceOf(block) : Ranges(block);
        return candidates.FirstOrDefault(h => (but is null || h.Id != but) && h.Valid.Overlaps(valid) && (block.Circuit is not null || h.Block.First <= block.Last && block.First <= h.Block.Last))?.Owner;
    }

    /// <summary>Adds what a row says, in place of what is stored under an id.</summary>
    public void Replace(NumberBlock block, DateInterval valid, string owner, long? old, int row)
    {
        var place = PlaceOf(block);
        if (old is not null) place.RemoveAll(h => h.Id == old);
        place.Add(new Holding(block, valid, owner, -row));
    }

    // A range is found under its first number, and none has more than so many: only those that begin near can overlap.
    private IEnumerable<Holding> Ranges(NumberBlock block)
    {
        foreach (var (first, holdings) in ranges)
        {
            if (first > block.Last) yield break;
            if (first + NumberBlock.MostNumbers < block.First) continue;
            foreach (var holding in holdings) yield return holding;
        }
    }

    private List<Holding> PlaceOf(NumberBlock block)
    {
        if (block.Circuit is { } circuit) return circuits.TryGetValue(circuit, out var named) ? named : circuits[circuit] = [];
        if (!block.IsRange) return singles.TryGetValue(block.First, out var single) ? single : singles[block.First] = [];
        return ranges.TryGetValue(block.First, out var range) ? range : ranges[block.First] = [];
    }

    private sealed record Holding(NumberBlock Block, DateInterval Valid, string Owner, long? Id);
}
