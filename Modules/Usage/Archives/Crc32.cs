namespace Billing.Usage.Archives;

/// <summary>The check sum that archives keep of their files (ISO 3309, reflected, polynomial EDB88320).</summary>
internal sealed class Crc32
{
    private static readonly uint[] Table = MakeTable();

    private uint state = uint.MaxValue;

    /// <summary>Of everything that was added.</summary>
    public uint Value => ~state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes) state = Table[(byte)(state ^ one)] ^ (state >> 8);
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) == 1 ? (value >> 1) ^ 0xedb88320u : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
