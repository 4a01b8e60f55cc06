using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Plugins.Asterisk;

/// <summary>What an Asterisk's files do not say.</summary>
/// <param name="TimeBase">Setting <c>timeZone</c>: IANA name of the exchange's clock; UTC when it is missing. Used only where a line's unique id does not tell.</param>
/// <param name="Numbers">
/// Settings <c>countryCode</c> (44), <c>nationalPrefix</c> (0) and <c>bareIsInternational</c> (false): how the dial plan writes numbers.
/// </param>
public sealed record AsteriskSettings(CdrTimeBase TimeBase, NumberRules Numbers)
{
    /// <summary>Reads the settings of the plugin.</summary>
    /// <exception cref="FormatException">A value can't be read; the plugin is then switched off with this message.</exception>
    public static AsteriskSettings From(IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var zone = settings.GetValueOrDefault("timeZone", "UTC");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) throw new FormatException($"Setting timeZone: '{zone}' is no time zone such as Europe/London.");
        var country = settings.GetValueOrDefault("countryCode", "44");
        if (!int.TryParse(country, NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 1 or > 999)
            throw new FormatException($"Setting countryCode: '{country}' is no country code such as 44.");
        var bare = settings.GetValueOrDefault("bareIsInternational", "false");
        if (!bool.TryParse(bare, out var bareIsInternational)) throw new FormatException($"Setting bareIsInternational: '{bare}' is neither true nor false.");
        return new(zone == "UTC" ? CdrTimeBase.Utc : CdrTimeBase.Local(zone), new NumberRules(code, settings.GetValueOrDefault("nationalPrefix", "0"), bareIsInternational));
    }
}
