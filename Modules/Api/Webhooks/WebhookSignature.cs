using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Api.Webhooks;

/// <summary>
/// How a receiver knows that an event is ours: HMAC-SHA256 over id, time and body with the webhook's secret, as the Standard Webhooks
/// specification lays it down, so that its ready-made libraries verify it.
/// </summary>
public static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";

    /// <summary>A new secret of 256 random bits, in the form in which its holder keeps it.</summary>
    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The value of <c>webhook-signature</c>.</summary>
    /// <param name="secret">From <see cref="NewSecret"/>.</param>
    /// <param name="id">The event's id, the same for every attempt.</param>
    /// <param name="at">The instant of this attempt; a receiver refuses old ones.</param>
    /// <param name="body">What is sent.</param>
    public static string Of(string secret, string id, DateTimeOffset at, string body)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
    }
}
