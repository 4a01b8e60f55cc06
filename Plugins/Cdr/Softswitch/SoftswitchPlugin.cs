using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;

namespace Billing.Plugins.Softswitch;

/// <summary>Brings the fixed-width log of a softswitch. Settings: <see cref="CdrSettings"/>; the zone is that of the switch.</summary>
public sealed class SoftswitchPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new SoftswitchFormat(CdrSettings.From(registry.Settings, CdrSettings.Default)));
    }
}
