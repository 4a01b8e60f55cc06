using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;
using Billing.Abstractions.Values;

namespace Billing.Plugins.PartialCsv;

/// <summary>Brings call files in which long calls come in parts. Settings: <see cref="CdrSettings"/>.</summary>
public sealed class PartialCsvPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new PartialCsvFormat(CdrSettings.From(registry.Settings, new(CdrTimeBase.Local("Europe/Berlin"), new NumberRules(49, "0", BareIsInternational: true)))));
    }
}
