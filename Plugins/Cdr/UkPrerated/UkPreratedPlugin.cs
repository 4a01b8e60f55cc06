using Billing.Abstractions.Plugins;

namespace Billing.Plugins.UkPrerated;

/// <summary>Brings the pre-rated UK call list with eight columns.</summary>
public sealed class UkPreratedPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddCdrFormat(new UkPreratedCdrFormat());
}
