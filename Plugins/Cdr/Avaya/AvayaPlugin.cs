using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;

namespace Billing.Plugins.Avaya;

/// <summary>Brings the call lines of Avaya IP Office. Settings: <see cref="CdrSettings"/>; the zone is that of the exchange.</summary>
public sealed class AvayaPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new AvayaSmdrFormat(CdrSettings.From(registry.Settings, CdrSettings.Default)));
    }
}
