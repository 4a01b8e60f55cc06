using System.Globalization;
using Billing.Usage.Matching;
using Microsoft.AspNetCore.Http;

namespace Billing.Usage.Pages.BillingErrors;

/// <summary>What was filled in on the page that mends causes; what can't be read is null and said so where it is needed.</summary>
internal sealed record MendForm(string Kind, long? Service, string FromText, long? Tariff, string? Prefix, string? Destination, string? PerMinute, string? Why, string UntilText)
{
    public static MendForm Empty { get; } = new("", null, "", null, null, null, null, null, "");

    public DateOnly? From => Day(FromText);

    public DateOnly? Until => Day(UntilText);

    /// <summary>A first day that was written and is none.</summary>
    public bool HasBadFrom => FromText.Length > 0 && From is null;

    /// <summary>A last day that was written and is none.</summary>
    public bool HasBadUntil => UntilText.Length > 0 && Until is null;

    /// <summary>What its kind needs, and nothing that somebody added to the form.</summary>
    public Remedy Remedy => Kind switch
    {
        Matching.Remedy.Assign => new Remedy(Kind) { ServiceId = Service, From = From },
        Matching.Remedy.Rate => new Remedy(Kind)
        {
            TariffId = Tariff,
            Prefix = Prefix,
            Destination = Destination,
            PerMinute = decimal.TryParse(PerMinute, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) ? price : null,
        },
        Matching.Remedy.Tariff => new Remedy(Kind) { TariffId = Tariff },
        _ => new Remedy(Kind),
    };

    public static MendForm Read(IFormCollection form) => new(
        form["kind"].ToString(), Number(form["service"]), form["from"].ToString().Trim(), Number(form["tariff"]), form["prefix"].ToString().Trim(), form["destination"].ToString().Trim(),
        form["perMinute"].ToString().Trim(), form["why"].ToString().Trim(), form["until"].ToString().Trim());

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
