using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Billing.Access.Identity;

/// <summary>Codes that change with the time (RFC 6238, with the values every authenticator app takes: SHA-1, six digits, thirty seconds).</summary>
internal static class Totp
{
    public const int StepSeconds = 30;
    private const int Digits = 6;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepOf(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 codes are HMAC-SHA-1 in every authenticator app; an HMAC does not need a hash without collisions.")]
    public static string Code(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var binary = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fffffff;
        return (binary % 1_000_000).ToString("D" + Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>The step that a code belongs to: the one of an instant, or one before or after it, for clocks differ. Null for a wrong code.</summary>
    public static long? Find(byte[] secret, string code, DateTimeOffset instant)
    {
        if (code.Length != Digits) return null;
        var now = StepOf(instant);
        long? found = null;
        // All three are looked at, whichever fits, so that the time it takes tells nothing.
        for (var step = now - 1; step <= now + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Code(secret, step)), System.Text.Encoding.ASCII.GetBytes(code))) found = step;
        return found;
    }

    /// <summary>Reads a secret as apps and people write it (RFC 4648 base 32, letter case and spaces ignored).</summary>
    public static byte[] Secret(string key)
    {
        var bytes = new List<byte>(key.Length * 5 / 8);
        int bits = 0, buffer = 0;
        foreach (var c in key.Where(c => c is not (' ' or '=')))
        {
            var value = Base32.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (value < 0) throw new FormatException("A key consists of the letters A to Z and the digits 2 to 7.");
            buffer = (buffer << 5) | value;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }
        return [.. bytes];
    }
}
