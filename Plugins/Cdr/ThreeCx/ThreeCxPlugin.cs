using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;

namespace Billing.Plugins.ThreeCx;

/// <summary>Brings the call files of 3CX. Settings: <see cref="CdrSettings"/>; the zone is that of the exchange.</summary>
public sealed class ThreeCxPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new ThreeCxFormat(CdrSettings.From(registry.Settings, CdrSettings.Default)));
    }
}
