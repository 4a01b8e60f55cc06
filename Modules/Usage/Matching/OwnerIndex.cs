using Billing.Abstractions.Values;
using Billing.Customers.Services;

namespace Billing.Usage.Matching;

/// <summary>
/// Who answers for a circuit or a number on a day, as tables: built once from the assignments, asked for every call.
/// A single number wins over a range that holds it (rule N8).
/// </summary>
public sealed class OwnerIndex
{
    private readonly Dictionary<string, List<Assignment>> circuits = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, List<Assignment>> numbers = [];
    private readonly Assignment[] ranges;
    private readonly ulong longestRange;

    /// <summary>Makes the tables.</summary>
    public OwnerIndex(IEnumerable<Assignment> assignments)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        var found = new List<Assignment>();
        foreach (var assignment in assignments)
        {
            if (assignment.Circuit is { } circuit) Add(circuits, circuit, assignment);
            else if (assignment.First == assignment.Last) Add(numbers, assignment.First, assignment);
            else
            {
                found.Add(assignment);
                longestRange = Math.Max(longestRange, assignment.Last - assignment.First);
            }
        }
        ranges = [.. found.OrderBy(r => r.First).ThenBy(r => r.Valid.From)];
    }

    /// <summary>The owner of a circuit.</summary>
    /// <param name="circuit">As the carrier writes it.</param>
    /// <param name="day">The day the call started, on the tenant's clock.</param>
    /// <param name="isKnown">True when somebody has it on some day, even if not on this one.</param>
    public ServiceOwner? FindCircuit(string circuit, DateOnly day, out bool isKnown)
    {
        isKnown = circuits.TryGetValue(circuit, out var assignments);
        return isKnown ? OnDay(assignments!, day) : null;
    }

    /// <summary>The owner of a number; parameters as for <see cref="FindCircuit"/>.</summary>
    public ServiceOwner? FindNumber(E164Number number, DateOnly day, out bool isKnown)
    {
        isKnown = numbers.TryGetValue(number.Digits, out var single);
        if (isKnown && OnDay(single!, day) is { } owner) return owner;
        for (var i = LastStartingAt(number.Digits); i >= 0; i--)
        {
            var range = ranges[i];
            if (number.Digits - range.First > longestRange) break;
            if (range.Last < number.Digits) continue;
            isKnown = true;
            if (range.Valid.Contains(day)) return range.Owner;
        }
        return null;
    }

    private int LastStartingAt(ulong digits)
    {
        var (low, high) = (0, ranges.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (ranges[middle].First <= digits) low = middle + 1;
            else high = middle;
        }
        return low - 1;
    }

    private static ServiceOwner? OnDay(List<Assignment> assignments, DateOnly day)
    {
        foreach (var assignment in assignments)
            if (assignment.Valid.Contains(day)) return assignment.Owner;
        return null;
    }

    private static void Add<TKey>(Dictionary<TKey, List<Assignment>> index, TKey key, Assignment assignment) where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list)) index[key] = list = [];
        list.Add(assignment);
    }
}
