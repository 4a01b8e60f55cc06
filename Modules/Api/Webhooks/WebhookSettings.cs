namespace Billing.Api.Webhooks;

/// <summary>Where the installation lets events go.</summary>
/// <param name="ReachesPrivateAddresses">
/// True to post to this machine and private networks too. A tenant chooses the address: in an installation with several, it must not become a way to
/// talk to what stands behind the firewall.
/// </param>
public sealed record WebhookSettings(bool ReachesPrivateAddresses);
