using System.Text;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// The values of one element under the paths that lead to them, reused for the next one: a path that was seen before costs no allocation.
/// </summary>
sealed class ElementIndex
{
    /// <summary>Files have a few hundred paths. One that makes up new names for ever must not fill the memory.</summary>
    private const int MaxPaths = 10_000;

    private readonly Dictionary<string, Slot> slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Slot>.AlternateLookup<ReadOnlySpan<char>> byPath;
    private byte[] values = new byte[4096];
    private int used;
    private int generation = 1;
    private char[] path = new char[256];
    private int pathLength;

    public ElementIndex() => byPath = slots.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Forgets the values, and keeps the paths.</summary>
    public void Clear()
    {
        if (slots.Count > MaxPaths) slots.Clear();
        generation++;
        used = 0;
        pathLength = 0;
    }

    /// <summary>The value at a path; empty where there is none.</summary>
    public ReadOnlySpan<byte> this[string at] => slots.TryGetValue(at, out var slot) && slot.Generation == generation ? values.AsSpan(slot.Start, slot.Length) : [];

    /// <summary>True when the element has the path, even with nothing in it.</summary>
    public bool Has(string at) => slots.TryGetValue(at, out var slot) && slot.Generation == generation;

    /// <summary>Goes one name down; what comes back leads up again (<see cref="Leave"/>).</summary>
    public int Enter(ReadOnlySpan<char> name)
    {
        var before = pathLength;
        var needed = pathLength + name.Length + 1;
        if (path.Length < needed) Array.Resize(ref path, Math.Max(needed, path.Length * 2));
        if (pathLength > 0) path[pathLength++] = '.';
        name.CopyTo(path.AsSpan(pathLength));
        pathLength += name.Length;
        return before;
    }

    /// <summary>Goes up to where <see cref="Enter"/> was called.</summary>
    public void Leave(int to) => pathLength = to;

    /// <summary>Takes a value at the present path; the first one stays.</summary>
    public void Add(ReadOnlySpan<char> value)
    {
        if (Claim(Encoding.UTF8.GetByteCount(value)) is not { } slot) return;
        Encoding.UTF8.GetBytes(value, values.AsSpan(slot.Start));
    }

    /// <summary>Takes a value at the present path that is UTF-8 already; the first one stays.</summary>
    public void Add(ReadOnlySpan<byte> value)
    {
        if (Claim(value.Length) is not { } slot) return;
        value.CopyTo(values.AsSpan(slot.Start));
    }

    /// <summary>The present path.</summary>
    public string Path => new(path, 0, pathLength);

    private Slot? Claim(int length)
    {
        var at = path.AsSpan(0, pathLength);
        if (!byPath.TryGetValue(at, out var slot)) byPath[at] = slot = new Slot();
        else if (slot.Generation == generation) return null;
        if (values.Length - used < length) Array.Resize(ref values, Math.Max(used + length, values.Length * 2));
        (slot.Start, slot.Length, slot.Generation) = (used, length, generation);
        used += length;
        return slot;
    }

    private sealed class Slot
    {
        public int Start { get; set; }

        public int Length { get; set; }

        public int Generation { get; set; }
    }
}
