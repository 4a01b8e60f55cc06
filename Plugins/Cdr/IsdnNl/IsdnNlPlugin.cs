using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;
using Billing.Abstractions.Values;

namespace Billing.Plugins.IsdnNl;

/// <summary>Brings the fixed-width files of Dutch ISDN wholesale. Settings: <see cref="CdrSettings"/>.</summary>
public sealed class IsdnNlPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new IsdnNlFormat(CdrSettings.From(registry.Settings, new(CdrTimeBase.Local("Europe/Amsterdam"), new NumberRules(31, "0", BareIsInternational: false)))));
    }
}
