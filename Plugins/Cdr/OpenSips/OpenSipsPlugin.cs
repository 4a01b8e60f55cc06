using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;

namespace Billing.Plugins.OpenSips;

/// <summary>Brings the accounting files of OpenSIPS and Kamailio. Settings: <see cref="CdrSettings"/>; the times are seconds since 1970.</summary>
public sealed class OpenSipsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new OpenSipsAccFormat(CdrSettings.From(registry.Settings, CdrSettings.Default)));
    }
}
