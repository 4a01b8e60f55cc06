using Billing.Abstractions.Plugins;

namespace Fixtures.NeedsLibrary;

/// <summary>Brings a format that cannot do without a library.</summary>
public sealed class NeedsLibraryPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddCdrFormat(new NeedsLibraryFormat());
}
