using Billing.Host.Plugins;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Host.Web.Pages;

/// <summary>The plugins, their health, and why one is switched off.</summary>
[Demands(Permission.Operate)]
internal sealed class PluginsModel(PluginShelf shelf) : PageModel
{
    public IReadOnlyList<HostedPlugin> Plugins => shelf.All;

    public int Quarantined => shelf.All.Count(plugin => plugin.State == PluginState.Quarantined);
}
