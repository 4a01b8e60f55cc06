using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;

namespace Billing.Plugins.Cisco;

/// <summary>Brings the call files of Cisco Unified Communications Manager. Settings: <see cref="CdrSettings"/>; the times are seconds since 1970.</summary>
public sealed class CiscoPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new CiscoCucmFormat(CdrSettings.From(registry.Settings, CdrSettings.Default)));
    }
}
