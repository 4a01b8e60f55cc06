using Billing.Abstractions.Plugins;

namespace Fixtures.Working;

/// <summary>Brings one format; its id is a setting, so that two copies can ask for one id or for two.</summary>
public sealed class WorkingPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddCdrFormat(new WorkingFormat(registry.Settings.GetValueOrDefault("format", "working")));
}
