using System.CommandLine;
using System.Net;
using Billing.Host.Web;

namespace Billing.Host.Commands;

/// <summary><c>billing serve</c>: the web app, on localhost or behind a reverse proxy.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var url = new Option<string>("--url") { Description = "Where it listens; other than loopback only with --proxy.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var hosts = new Option<string[]>("--host") { Description = "A host name of the installation itself, where operators sign in. Tenants' names are registered on their pages.", HelpName = "NAME" };
        var proxies = new Option<string[]>("--proxy") { Description = "Address of a reverse proxy whose X-Forwarded-For, -Proto and -Host are believed.", HelpName = "ADDRESS" };
        var command = new Command("serve", "Serves the web app until it is stopped: on localhost, or behind a reverse proxy that brings TLS.") { url, hosts, proxies };
        command.SetAction(async (result, cancellationToken) =>
        {
            var settings = new WebSettings { OwnHosts = result.GetValue(hosts) ?? [], Proxies = [.. (result.GetValue(proxies) ?? []).Select(Address)] };
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            await WebApp.RunAsync(installation, result.GetValue(url)!, cancellationToken, settings: settings);
            return 0;
        });
        return command;
    }

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new UsageException("serve.bad-proxy", $"'{text}' is not an IP address of a proxy, such as 127.0.0.1.");
}
