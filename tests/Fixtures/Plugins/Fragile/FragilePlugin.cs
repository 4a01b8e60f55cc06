using Billing.Abstractions.Plugins;

namespace Fixtures.Fragile;

/// <summary>Brings a format that fails in the middle of a file.</summary>
public sealed class FragilePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddCdrFormat(new FragileFormat());
}
