using System.Globalization;
using Billing.Tenancy.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Billing.Portal.Seen;

/// <summary>Which calls somebody asks for. All of it stands in the address.</summary>
/// <param name="From">First day.</param>
/// <param name="Through">Last day, included.</param>
internal sealed record CallSearch(DateOnly From, DateOnly Through)
{
    /// <summary>Most days at once: what a picture by day can show.</summary>
    public const int MostDays = 366;

    private const int LongestText = 60;

    /// <summary>Digits that the calling or the called number contains; null for any.</summary>
    public string? Digits { get; private init; }

    /// <summary>What was typed for it.</summary>
    public string Number { get; private init; } = "";

    /// <summary>Words in the destination's name; empty for any.</summary>
    public string Destination { get; private init; } = "";

    /// <summary>Number of an account; null for all.</summary>
    public string? Account { get; private init; }

    /// <summary>Number of a bill; null for calls of any bill and of none.</summary>
    public string? Bill { get; init; }

    /// <summary>Reads it. Days that make no sense are as if they were not there: from the first of last month to today.</summary>
    public static CallSearch Read(IQueryCollection query, DateOnly today)
    {
        var from = Day(query["from"]) ?? new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        var through = Day(query["to"]) ?? (from > today ? from : today);
        if (through < from) (from, through) = (through, from);
        if (through.DayNumber - from.DayNumber >= MostDays) from = through.AddDays(1 - MostDays);
        var number = Text(query["number"]);
        var digits = new string([.. number.Where(char.IsAsciiDigit)]).TrimStart('0');
        return new(from, through)
        {
            Number = number,
            Digits = digits.Length > 0 ? digits : null,
            Destination = Text(query["destination"]),
            Account = Text(query["account"]) is { Length: > 0 } account ? account : null,
        };
    }

    /// <summary>The calls of one bill, whenever they began.</summary>
    public static CallSearch OfBill(string number) => new(new(1970, 1, 1), new(2200, 1, 1)) { Bill = number };

    /// <summary>The same in the month of a day.</summary>
    public CallSearch MonthOf(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return this with { From = first, Through = first.AddMonths(1).AddDays(-1) };
    }

    /// <summary>The first instant.</summary>
    public DateTimeOffset Begin(Tenant tenant) => tenant.StartOf(From);

    /// <summary>The first instant after it.</summary>
    public DateTimeOffset End(Tenant tenant) => tenant.StartOf(Through.AddDays(1));

    /// <summary>Something besides the days was asked for.</summary>
    public bool IsNarrowed => Digits is not null || Destination.Length > 0 || Account is not null;

    /// <summary>The query part of the address, from a call on or from the newest.</summary>
    public string Address(CallKey? after = null)
    {
        var members = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["from"] = From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["to"] = Through.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        if (Number.Length > 0) members["number"] = Number;
        if (Destination.Length > 0) members["destination"] = Destination;
        if (Account is not null) members["account"] = Account;
        if (after is { } key) members["after"] = key.ToString();
        return QueryHelpers.AddQueryString("", members);
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1990 and <= 2190 ? day : null;

    private static string Text(string? text) => text is null ? "" : text.Trim() is { Length: > LongestText } longer ? longer[..LongestText] : text.Trim();
}
