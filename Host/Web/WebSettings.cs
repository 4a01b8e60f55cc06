using System.Net;

namespace Billing.Host.Web;

/// <summary>Where the app stands on a network. By default: nowhere, it is for this machine.</summary>
internal sealed record WebSettings
{
    /// <summary>The installation's own host names besides this machine's: operators sign in there.</summary>
    public IReadOnlyList<string> OwnHosts { get; init; } = [];

    /// <summary>Reverse proxies whose word about the caller's address, protocol and host is taken. Nobody else's is.</summary>
    public IReadOnlyList<IPAddress> Proxies { get; init; } = [];
}
