using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;

namespace Billing.Plugins.BroadWorks;

/// <summary>Brings the accounting files of BroadWorks. Settings: <see cref="CdrSettings"/>; the times are UTC.</summary>
public sealed class BroadWorksPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new BroadWorksXmlFormat(CdrSettings.From(registry.Settings, CdrSettings.Default)));
    }
}
