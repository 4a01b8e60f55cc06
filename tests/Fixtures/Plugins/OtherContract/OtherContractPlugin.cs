using Billing.Abstractions.Plugins;

namespace Fixtures.OtherContract;

/// <summary>Built against version 99 of the contract.</summary>
public sealed class OtherContractPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => throw new InvalidOperationException("No code of a plugin with another contract may run.");
}
