using Billing.Host.Plugins;

namespace Billing.Host.Web;

/// <summary>The plugins of this process, for the page that shows them.</summary>
/// <param name="All">In the order of <c>plugins.json</c>.</param>
internal sealed record PluginShelf(IReadOnlyList<HostedPlugin> All);
