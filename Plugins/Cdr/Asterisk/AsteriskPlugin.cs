using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;

namespace Billing.Plugins.Asterisk;

/// <summary>
/// Brings the call files that Asterisk writes. Settings: <see cref="CdrSettings"/>; the zone is used only where a line's unique id does not tell.
/// </summary>
public sealed class AsteriskPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new AsteriskCdrFormat(CdrSettings.From(registry.Settings, CdrSettings.Default)));
    }
}
