using Billing.Abstractions.Cdr;
using Billing.Abstractions.Plugins;
using Billing.Abstractions.Values;

namespace Billing.Plugins.MobileCsv;

/// <summary>
/// Brings a mobile supplier's file of calls, messages and data. Settings: <see cref="CdrSettings"/>, and <c>dataUnit</c> (<c>bytes</c>, <c>kB</c> of 1,000 or
/// <c>KiB</c> of 1,024 bytes), for the file does not say.
/// </summary>
public sealed class MobileCsvPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddCdrFormat(new MobileCsvFormat(CdrSettings.From(registry.Settings, Usual)));
    }

    internal static CdrSettings Usual { get; } = new(CdrTimeBase.Utc, new NumberRules(44, "0", BareIsInternational: false));
}
