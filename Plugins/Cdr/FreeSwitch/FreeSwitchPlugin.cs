using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;

namespace Billing.Plugins.FreeSwitch;

/// <summary>
/// Brings the call files that FreeSWITCH writes: <c>mod_cdr_csv</c> and <c>mod_json_cdr</c>. Settings: <see cref="CdrSettings"/>; the zone is that of the CSV
/// files' times, JSON has seconds since 1970.
/// </summary>
public sealed class FreeSwitchPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var settings = CdrSettings.From(registry.Settings, CdrSettings.Default);
        registry.AddCdrFormat(new FreeSwitchCsvFormat(settings));
        registry.AddCdrFormat(new FreeSwitchJsonFormat(settings));
    }
}
