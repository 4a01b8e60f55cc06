using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Billing.Tenancy;

namespace Billing.Api.Keys;

/// <summary>
/// A key as its holder sends it: <c>key_TENANT_ID_SECRET</c>. The first two numbers say where to look, so that no list of all tenants' keys
/// has to be readable; the secret has 256 random bits, so a plain hash of it is enough.
/// </summary>
/// <param name="Tenant">Whose key.</param>
/// <param name="Id">Which one.</param>
/// <param name="Secret">What proves it.</param>
sealed record ApiKeyText(TenantId Tenant, long Id, string Secret)
{
    const string Prefix = "key";

    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    /// <summary>Reads a key; null for anything that can't be one.</summary>
    public static ApiKeyText? Read(string text) =>
        text.Split('_') is [Prefix, var tenant, var id, { Length: 64 } secret]
        && int.TryParse(tenant, NumberStyles.None, CultureInfo.InvariantCulture, out var tenantId)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var keyId)
        && secret.All(char.IsAsciiHexDigitLower)
            ? new ApiKeyText(new TenantId(tenantId), keyId, secret)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}_{Tenant.Value}_{Id}_{Secret}");
}
