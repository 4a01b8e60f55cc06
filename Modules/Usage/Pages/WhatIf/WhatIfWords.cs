using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Usage.WhatIf;

namespace Billing.Usage.Pages.WhatIf;

/// <summary>How a replay is said.</summary>
internal static class WhatIfWords
{
    /// <summary>Its months: <c>Oct 2026</c>, <c>Aug to Oct 2026</c>, <c>Dec 2025 to Feb 2026</c>.</summary>
    public static string Months(DateOnly from, int months)
    {
        var last = from.AddMonths(months - 1);
        if (months == 1) return Month(from);
        return (from.Year == last.Year ? from.ToString("MMM", CultureInfo.InvariantCulture) : Month(from)) + " to " + Month(last);
    }

    public static string Month(DateOnly month) => month.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Who would move where.</summary>
    public static string Move(WhatIfMove move) => move.Account is { } account ? $"account {account} on tariff {move.Tariff}" : $"everybody on {move.FromTariff} on tariff {move.Tariff}";

    /// <summary>An amount with its sign: <c>+£3.20</c>, <c>-£0.40</c>, <c>£0.00</c>.</summary>
    public static string Change(decimal amount, Currency currency) => (amount > 0 ? "+" : "") + Written.Price(amount, currency);

    /// <summary>A change in percent; nothing where it is a change of nothing.</summary>
    public static string Percent(WhatIfFigures figures) =>
        figures.ChangePercent is { } percent ? percent.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %" : figures.Change == 0 ? "" : "new";

    /// <summary>A part of a whole in percent.</summary>
    public static string Share(decimal? share) => share is { } percent ? percent.ToString("0.0", CultureInfo.InvariantCulture) + " %" : "";

    public static string Kind(string kind) => kind switch { "sms" => "Messages", "data" => "Data", _ => "Calls" };
}
