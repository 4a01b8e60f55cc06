using Billing.Abstractions.Plugins;

namespace Billing.Plugins.Asterisk;

/// <summary>Brings the call files that Asterisk writes. Settings: see <see cref="AsteriskSettings"/>.</summary>
public sealed class AsteriskPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new AsteriskCdrFormat(AsteriskSettings.From(registry.Settings)));
    }
}
