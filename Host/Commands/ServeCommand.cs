using System.CommandLine;
using Billing.Host.Web;

namespace Billing.Host.Commands;

/// <summary><c>billing serve</c>: the web app on localhost.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var url = new Option<string>("--url") { Description = "Where it listens; loopback only.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var command = new Command("serve", "Serves the web app on localhost until it is stopped.") { url };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            await WebApp.RunAsync(installation, result.GetValue(url)!, cancellationToken);
            return 0;
        });
        return command;
    }
}
