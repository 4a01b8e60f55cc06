using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;

namespace Billing.Plugins.Teams;

/// <summary>Brings the two call logs of Microsoft Teams: calling plans, and direct routing. Settings: <see cref="CdrSettings"/>; the times are UTC.</summary>
public sealed class TeamsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var settings = CdrSettings.From(registry.Settings, CdrSettings.Default);
        registry.AddCdrFormat(new TeamsPstnFormat(settings));
        registry.AddCdrFormat(new TeamsDirectRoutingFormat(settings));
    }
}
