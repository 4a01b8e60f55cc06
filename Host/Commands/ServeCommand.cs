using System.CommandLine;
using System.Net;
using Billing.Host.Jobs;
using Billing.Host.Web;
using Billing.Usage.Uploads;

namespace Billing.Host.Commands;

/// <summary><c>billing serve</c>: the web app, on localhost or behind a reverse proxy, and the work in the background.</summary>
internal static class ServeCommand
{
    private const string Web = "web";
    private const string Worker = "worker";

    public static Command Build()
    {
        var url = new Option<string>("--url") { Description = "Where it listens; other than loopback only with --proxy.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var hosts = new Option<string[]>("--host") { Description = "A host name of the installation itself, where operators sign in. Tenants' names are registered on their pages.", HelpName = "NAME" };
        var proxies = new Option<string[]>("--proxy") { Description = "Address of a reverse proxy whose X-Forwarded-For, -Proto and -Host are believed.", HelpName = "ADDRESS" };
        var roles = new Option<string>("--roles") { Description = "What this host does: web, worker, or both with a comma.", HelpName = "ROLES", DefaultValueFactory = _ => Web + "," + Worker };
        var largest = new Option<int>("--max-upload") { Description = "Largest CDR file that is taken from a browser.", HelpName = "MB", DefaultValueFactory = _ => 256 };
        var isPrivate = new Option<bool>("--webhooks-to-private-networks") { Description = "Lets tenants' webhooks lead to this machine and private networks. Only where every tenant is trusted with them." };
        var command = new Command("serve", "Serves the web app, on localhost or behind a reverse proxy that brings TLS, and does the jobs, until it is stopped.") { url, hosts, proxies, roles, largest, isPrivate };
        command.SetAction(async (result, cancellationToken) =>
        {
            var chosen = result.GetValue(roles)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (chosen.Length == 0 || chosen.Except([Web, Worker]).Any()) throw new UsageException("serve.no-role", $"'{result.GetValue(roles)}' is not a list of roles: web, worker, or web,worker.");
            if (result.GetValue(largest) < 1) throw new UsageException("serve.no-size", "The largest upload is at least 1 MB.");
            var settings = new WebSettings { OwnHosts = result.GetValue(hosts) ?? [], Proxies = [.. (result.GetValue(proxies) ?? []).Select(Address)] };
            var data = result.GetValue(CommonOptions.Data)!;
            var work = new HostWork(Path.GetFullPath(data), chosen.Contains(Worker), new UploadLimits { MaxFileBytes = (long)result.GetValue(largest) << 20 }) { ReachesPrivateAddresses = result.GetValue(isPrivate) };
            var opening = Task.Run(() => Installation.OpenAsync(data, Console.Error.WriteLine, cancellationToken), cancellationToken);
            try
            {
                if (chosen.Contains(Web)) await WebApp.RunAsync(opening, result.GetValue(url)!, work, cancellationToken, settings: settings);
                else await WorkerApp.RunAsync(await opening, work, cancellationToken);
            }
            finally
            {
                // An app that could not be put together must not leave the database to itself.
                await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (opening.IsCompletedSuccessfully) await (await opening).DisposeAsync();
            }
            return 0;
        });
        return command;
    }

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new UsageException("serve.bad-proxy", $"'{text}' is not an IP address of a proxy, such as 127.0.0.1.");
}
