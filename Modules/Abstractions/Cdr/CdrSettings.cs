using System.Globalization;
using Billing.Abstractions.Values;

namespace Billing.Abstractions.Cdr;

/// <summary>What the files of an exchange do not say, as settings of a plugin: which clock it shows, and how it writes numbers.</summary>
/// <param name="TimeBase">Setting <c>timeZone</c>: IANA name of the exchange's clock, or UTC.</param>
/// <param name="Numbers">
/// Settings <c>countryCode</c>, <c>nationalPrefix</c> and <c>bareIsInternational</c>: how the dial plan writes numbers (<see cref="NumberRules"/>).
/// </param>
public sealed record CdrSettings(CdrTimeBase TimeBase, NumberRules Numbers)
{
    private IReadOnlyDictionary<string, string> All { get; init; } = new Dictionary<string, string>();

    /// <summary>UTC and the UK's numbers, where digits without prefix are as dialled.</summary>
    public static CdrSettings Default { get; } = new(CdrTimeBase.Utc, new NumberRules(44, "0", BareIsInternational: false));

    /// <summary>Reads the settings of a plugin; what is missing is as in <paramref name="otherwise"/>.</summary>
    /// <exception cref="FormatException">A value can't be read; thrown from a plugin's registration it switches the plugin off with this message.</exception>
    public static CdrSettings From(IReadOnlyDictionary<string, string> settings, CdrSettings otherwise)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(otherwise);
        var rules = otherwise.Numbers;
        var zone = settings.GetValueOrDefault("timeZone", otherwise.TimeBase.ToString());
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) throw new FormatException($"Setting timeZone: '{zone}' is no time zone such as Europe/London.");
        var country = settings.GetValueOrDefault("countryCode", rules.CountryCode.ToString(CultureInfo.InvariantCulture));
        if (!int.TryParse(country, NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 1 or > 999)
            throw new FormatException($"Setting countryCode: '{country}' is no country code such as 44.");
        var prefix = settings.GetValueOrDefault("nationalPrefix", rules.NationalPrefix);
        if (prefix.Length > 4 || prefix.Any(c => !char.IsAsciiDigit(c))) throw new FormatException($"Setting nationalPrefix: '{prefix}' is no prefix such as 0.");
        return new(zone == "UTC" ? CdrTimeBase.Utc : CdrTimeBase.Local(zone), new NumberRules(code, prefix, Flag(settings, "bareIsInternational", rules.BareIsInternational)))
        {
            All = settings,
        };
    }

    /// <summary>Reads a setting of the format's own that is one of a few words.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="words">What it may be; the first is meant where the setting is missing.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public string OneOf(string name, params IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var value = All.GetValueOrDefault(name, words[0]);
        return words.Contains(value) ? value : throw new FormatException($"Setting {name}: '{value}' is none of {string.Join(", ", words)}.");
    }

    private static bool Flag(IReadOnlyDictionary<string, string> settings, string name, bool otherwise)
    {
        if (!settings.TryGetValue(name, out var value)) return otherwise;
        return bool.TryParse(value, out var flag) ? flag : throw new FormatException($"Setting {name}: '{value}' is neither true nor false.");
    }
}
