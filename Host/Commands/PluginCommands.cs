using System.CommandLine;
using Billing.Host.Plugins;

namespace Billing.Host.Commands;

/// <summary><c>billing plugin list</c>.</summary>
internal static class PluginCommands
{
    public static Command Build()
    {
        var list = new Command("list", "The plugins of plugins.json, one JSON object a line; exit code 1 when one is quarantined.");
        list.SetAction(_ =>
        {
            var plugins = PluginHost.Load(Home.File("plugins.json")).Plugins;
            foreach (var plugin in plugins)
                JsonOut.Write(new
                {
                    plugin.Entry.Id,
                    plugin.Entry.Kind,
                    State = plugin.State.ToString().ToLowerInvariant(),
                    Contract = plugin.Contract?.ToString(2),
                    plugin.Formats,
                    plugin.Entry.Path,
                    plugin.Reason,
                });
            return plugins.Any(p => p.State == PluginState.Quarantined) ? 1 : 0;
        });
        return new Command("plugin", "Carrier formats and other plugins.") { list };
    }
}
