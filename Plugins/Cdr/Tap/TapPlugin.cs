using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;

namespace Billing.Plugins.Tap;

/// <summary>
/// Brings the files that mobile networks exchange about roaming: TAP, by which it is charged, and NRTRDE, by which it is watched. Setting <c>amountsIn</c>: <c>local</c>
/// (amounts are in the file's local currency) or <c>sdr</c> (in special drawing rights, XDR), for files that name no TAP currency.
/// </summary>
public sealed class TapPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new Tap3Format(CdrSettings.From(registry.Settings, CdrSettings.Default)));
        registry.AddCdrFormat(new NrtrdeFormat());
    }
}
