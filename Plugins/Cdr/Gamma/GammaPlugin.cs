using Billing.Abstractions.Plugins;

namespace Billing.Plugins.Gamma;

/// <summary>Brings the UK industry standard call file in its 42-column form.</summary>
public sealed class GammaPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddCdrFormat(new GammaCdrFormat());
}
