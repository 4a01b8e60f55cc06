using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Tenancy.Tenants;

namespace Billing.Screens;

/// <summary>How figures are written on screens: the same on every machine, whatever its language.</summary>
public static class Written
{
    /// <summary>An amount of whole coins: <c>£1,234.50</c>, <c>-£3.00</c>, <c>CHF 12.00</c>.</summary>
    public static string Amount(decimal amount, Currency currency) =>
        With(currency, amount, Math.Abs(amount).ToString("N" + currency.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>An amount with all the decimals it has, at least those of the coin: charges of single calls and their sums.</summary>
    public static string Price(decimal amount, Currency currency) =>
        With(currency, amount, Math.Abs(amount).ToString("#,##0." + new string('0', currency.Decimals) + new string('#', 6 - currency.Decimals), CultureInfo.InvariantCulture));

    /// <summary>A whole number with its thousands apart: <c>20,417</c>.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number and the noun that goes with it: <c>1 call</c>, <c>2,000 calls</c>.</summary>
    public static string Counted(long number, string one, string many) => Count(number) + " " + (number == 1 ? one : many);

    /// <summary>Seconds as <c>h:mm:ss</c>; hours go on past 24.</summary>
    public static string Duration(long seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:N0}:{seconds / 60 % 60:00}:{seconds % 60:00}");

    /// <summary>A day: <c>1 Nov 2026</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>An instant on the tenant's clock: <c>1 Nov 2026 09:30</c>.</summary>
    public static string Moment(DateTimeOffset instant, Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return TimeZoneInfo.ConvertTime(instant, tenant.TimeZone).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>The same to the second, for calls.</summary>
    public static string ExactMoment(DateTimeOffset instant, Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return TimeZoneInfo.ConvertTime(instant, tenant.TimeZone).ToString("d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>A number with only the decimals it needs: <c>20</c>, <c>17.5</c>.</summary>
    public static string Number(decimal number) => number.ToString("#,##0.######", CultureInfo.InvariantCulture);

    private static string With(Currency currency, decimal amount, string figure) =>
        (amount < 0 && figure.AsSpan().ContainsAnyInRange('1', '9') ? "-" : "") + (currency.Code switch { "GBP" => "£", "EUR" => "€", "USD" => "$", var code => code + " " }) + figure;
}
