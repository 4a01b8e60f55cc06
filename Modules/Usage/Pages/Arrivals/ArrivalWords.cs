using System.Globalization;
using Billing.Screens;
using Billing.Screens.Parts;
using Billing.Tenancy.Tenants;
using Billing.Usage.Arrivals;

namespace Billing.Usage.Pages.Arrivals;

/// <summary>The words and colours of the calendar.</summary>
internal static class ArrivalWords
{
    public static string State(ArrivalState state) => state switch
    {
        ArrivalState.ArrivedLate => "Came late",
        ArrivalState.Expected => "Not due yet",
        ArrivalState.Excused => "Will not come",
        _ => state.ToString(),
    };

    public static Tone ToneOf(ArrivalState state) => state switch
    {
        ArrivalState.Arrived => Tone.Good,
        ArrivalState.ArrivedLate => Tone.Warning,
        ArrivalState.Late => Tone.Bad,
        _ => Tone.Quiet,
    };

    /// <summary>The hour, day or month, on the tenant's clock.</summary>
    public static string Slot(ArrivalEvery every, DateTimeOffset start, Tenant tenant)
    {
        var local = TimeZoneInfo.ConvertTime(start, tenant.TimeZone);
        return every switch
        {
            ArrivalEvery.Hourly => string.Create(CultureInfo.InvariantCulture, $"{Written.Day(tenant.DayOf(start))}, {local:HH}:00"),
            ArrivalEvery.Daily => Written.Day(tenant.DayOf(start)),
            _ => local.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        };
    }

    public static string Due(ArrivalTerms terms)
    {
        var after = terms.DueMinutes switch
        {
            0 => "at the end of",
            var minutes when minutes % 1440 == 0 => Written.Counted(minutes / 1440, "day", "days") + " after",
            var minutes when minutes % 60 == 0 => Written.Counted(minutes / 60, "hour", "hours") + " after",
            var minutes => Written.Counted(minutes, "minute", "minutes") + " after",
        };
        return $"One file each {terms.Every switch { ArrivalEvery.Hourly => "hour", ArrivalEvery.Daily => "day", _ => "month" }}, due {after} it{(terms.DueMinutes == 0 ? "" : " ends")}";
    }
}
