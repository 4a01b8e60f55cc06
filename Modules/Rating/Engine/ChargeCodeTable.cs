using System.Text;

namespace Billing.Rating.Engine;

/// <summary>Charge codes by their bytes as they stand in a file: no string is made to look one up. Open addressing, half full at most.</summary>
sealed class ChargeCodeTable
{
    private readonly byte[][] keys;
    private readonly int[] slots;                           // position in keys plus one; 0 is empty
    private readonly uint mask;

    public ChargeCodeTable(IReadOnlyList<string> codes)
    {
        keys = [.. codes.Select(Encoding.UTF8.GetBytes)];
        slots = new int[Math.Max(4, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)codes.Count * 2))];
        mask = (uint)slots.Length - 1;
        for (var i = 0; i < keys.Length; i++)
        {
            var slot = HashOf(keys[i]) & mask;
            while (slots[slot] != 0) slot = (slot + 1) & mask;
            slots[slot] = i + 1;
        }
    }

    /// <summary>The code's position in the list given at construction, or <see cref="PrefixTable.None"/>.</summary>
    public int Find(ReadOnlySpan<byte> code)
    {
        if (keys.Length == 0 || code.IsEmpty) return PrefixTable.None;
        for (var slot = HashOf(code) & mask; slots[slot] != 0; slot = (slot + 1) & mask)
            if (code.SequenceEqual(keys[slots[slot] - 1])) return slots[slot] - 1;
        return PrefixTable.None;
    }

    // FNV-1a: codes have three to eight letters, and the set is chosen by a tariff's author, not by whoever writes a call.
    private static uint HashOf(ReadOnlySpan<byte> code)
    {
        var hash = 2_166_136_261;
        foreach (var b in code) hash = (hash ^ b) * 16_777_619;
        return hash ^ hash >> 15;
    }
}
