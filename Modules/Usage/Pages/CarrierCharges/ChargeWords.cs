using System.Globalization;
using System.Text;
using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Usage.CarrierCharges;

namespace Billing.Usage.Pages.CarrierCharges;

/// <summary>How carriers' charges are said on screens.</summary>
internal static class ChargeWords
{
    public static string State(string state) => char.ToUpperInvariant(state[0]) + state[1..];

    public static string Class(string state) => state switch
    {
        ChargeState.Allocated => "badge is-good",
        ChargeState.Unallocated or ChargeState.Bad => "badge is-bad",
        ChargeState.Excluded => "badge is-warning",
        _ => "badge",
    };

    /// <summary>An amount in its currency; prices of carriers have up to six places.</summary>
    public static string Amount(decimal? amount, string? currency) =>
        amount is null ? "unknown" : Currency.TryParse(Encoding.UTF8.GetBytes(currency ?? ""), out var known) ? Written.Price(amount.Value, known) : amount.Value.ToString("0.00####", CultureInfo.InvariantCulture);

    /// <summary>The days of a charge, the last one included.</summary>
    public static string Days(DateInterval? period) => period is not { } days ? "unknown"
        : days.Days == 1 ? Written.Day(days.From) : $"{Written.Day(days.From)} to {Written.Day(days.To!.Value.AddDays(-1))}";

    /// <summary>A month as browsers write it, <c>2026-11</c>; null for anything else.</summary>
    public static DateOnly? Month(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999 ? day : null;
}
