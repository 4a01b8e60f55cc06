using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Tenancy.Users;

/// <summary>Keys that are handed out and kept as a hash only: of sign-ins, of one-time links.</summary>
public static class RandomKey
{
    private const int Bytes = 32;

    /// <summary>A new one, of letters, digits, <c>-</c> and <c>_</c>; nobody guesses 256 bits.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored. Without salt: the key is random, so there is nothing to guess from.</summary>
    public static byte[] Hash(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }
}
