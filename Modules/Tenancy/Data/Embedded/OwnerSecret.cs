using System.Security.Cryptography;
using System.Text.Json;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>
/// The password of the role that owns the database, kept beside the cluster for its owner's eyes only. Losing the file loses nothing:
/// the cluster is told a new one at the next start.
/// </summary>
sealed record OwnerSecret(string Role, string Password)
{
    public const string OwnerRole = "billing_owner";

    public static OwnerSecret? Read(DataFolder folder)
    {
        if (!File.Exists(folder.SecretFile)) return null;
        try
        {
            var secret = JsonSerializer.Deserialize<OwnerSecret>(File.ReadAllBytes(folder.SecretFile), JsonSerializerOptions.Web);
            return secret is { Role: OwnerRole, Password.Length: > 0 } ? secret : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static OwnerSecret Create(DataFolder folder)
    {
        // Hexadecimal digits need no quoting, neither in SQL nor in a connection string.
        var secret = new OwnerSecret(OwnerRole, RandomNumberGenerator.GetHexString(48, lowercase: true));
        DurableFile.Write(folder.SecretFile, JsonSerializer.SerializeToUtf8Bytes(secret, JsonSerializerOptions.Web));
        return secret;
    }
}
