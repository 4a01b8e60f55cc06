using Billing.Abstractions.Plugins;

namespace Fixtures.ThrowsInConstructor;

/// <summary>Fails before it can say anything.</summary>
public sealed class ThrowsInConstructorPlugin : IPlugin
{
    /// <summary>Throws.</summary>
    public ThrowsInConstructorPlugin() => throw new InvalidOperationException("the licence file is not there");

    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => throw new NotSupportedException();
}
