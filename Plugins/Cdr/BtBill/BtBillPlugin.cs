using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;
using Billing.Abstractions.Values;

namespace Billing.Plugins.BtBill;

/// <summary>Brings the calls of a BT bill. Settings: <see cref="CdrSettings"/>.</summary>
public sealed class BtBillPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new BtBillFormat(CdrSettings.From(registry.Settings, new(CdrTimeBase.Local("Europe/London"), new NumberRules(44, "0", BareIsInternational: false)))));
    }
}
