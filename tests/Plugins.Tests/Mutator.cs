using System.Text;

namespace Billing.Plugins.Tests;

/// <summary>Damages files in the ways that lines, disks, spreadsheets and people do, always the same ways for one seed.</summary>
sealed class Mutator(int seed)
{
    private const int Most = 16_384;

    private static readonly byte[][] Bits =
    [
        .. ((string[])["\"", "\"\"", ",", ";", "|", "\t", "\n", "\r", "\r\n", "\0", "\u001a", "-", "-1", "0", "99999999999999999999", "1e9", "NaN", "+", "00", "31/02/2026", "24:00:00", "23:59:60",
            "0000-00-00", "{", "}", "[", "]", "\\", "\\u0000", "\\ud800", "<", ">", "</", "<!--", "-->", "<cdrData>", "</cdrData>", "<![CDATA[", "&amp;", "&x;", "<!DOCTYPE x [<!ENTITY a 'b'>]>",
            "partial", "complete", "INVITE|", "BYE|", "TRL", "HDR", "=cmd|' /C calc'!A0", "é", "€", " ", "   ", "unix"]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xFE, 0xFF], [0xC3], [0x80], [0xEF, 0xBB, 0xBF], [0x30, 0x80], [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF], [0x00, 0x00], [0x7F, 0x81], [0x9F],
    ];

    private readonly Random dice = new(seed);

    /// <summary>A damaged copy of a file, perhaps with pieces of another one in it.</summary>
    public byte[] Damage(ReadOnlySpan<byte> file, ReadOnlySpan<byte> other)
    {
        var bytes = new List<byte>(file.Length + 64);
        bytes.AddRange(file);
        for (var times = 1 + dice.Next(6); times > 0; times--) Once(bytes, other);
        if (bytes.Count > Most) bytes.RemoveRange(Most, bytes.Count - Most);
        return [.. bytes];
    }

    private void Once(List<byte> bytes, ReadOnlySpan<byte> other)
    {
        var at = dice.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, dice.Next(1, 40));
        switch (dice.Next(10))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << dice.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)dice.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5 when other.Length > 0:
                var from = dice.Next(other.Length);
                bytes.InsertRange(at, other.Slice(from, Math.Min(dice.Next(1, 200), other.Length - from)).ToArray());
                break;
            case 6:
                bytes.InsertRange(at, Enumerable.Repeat((byte)dice.Next(256), dice.Next(1, 2000)));
                break;
            case 7 when length > 0:
                bytes.Reverse(at, length);
                break;
            default:
                bytes.InsertRange(at, Bits[dice.Next(Bits.Length)]);
                break;
        }
    }
}
