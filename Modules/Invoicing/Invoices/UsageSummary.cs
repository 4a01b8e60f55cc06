using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Invoicing.Documents;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.Invoices;

/// <summary>Adds an account's calls up by destination and by service.</summary>
internal static class UsageSummary
{
    /// <summary>The statement, or null without calls.</summary>
    public static UsageStatement? Of(InvoiceSources sources, decimal coin)
    {
        var calls = sources.Calls;
        if (calls.Count == 0) return null;
        var services = calls.GroupBy(call => call.Service, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            // Rule M2: the service's line is the sum of its calls, rounded once; the sum itself is printed with all its decimals.
            var charge = group.Sum(call => call.Charge);
            return new ServiceUsage(group.Key, group.Count(), group.Sum(call => (long)call.Seconds), charge, Money.Round(charge, Rounding.HalfUp, coin),
                sources.Account.IsItemised ? [.. group.Where(call => call.Charge != 0 || call.CoveredUnits is not null || call.OverCap > 0).Select(call => Item(sources, call))] : []);
        }).ToList();
        return new UsageStatement(
            new PrintedPeriod(sources.Run.UsageFrom, sources.Run.CutoffOn),
            calls.Count, calls.Sum(call => (long)call.Seconds), calls.Sum(call => call.Charge), services.Sum(service => service.Billed), sources.Account.IsItemised,
            [.. calls.GroupBy(call => call.Destination, StringComparer.Ordinal)
                .Select(group => new DestinationUsage(group.Key, group.Count(), group.Sum(call => (long)call.Seconds), group.Sum(call => call.Charge), group.Count(call => call.CoveredUnits is not null)))
                .OrderByDescending(destination => destination.Charge).ThenBy(destination => destination.Destination, StringComparer.Ordinal)],
            services, calls.Count(call => call.Charge == 0 && call.CoveredUnits is null && call.OverCap == 0), calls.Count(call => IsLate(sources, call)),
            calls.Count(call => call.Charge == 0 && call.CoveredUnits is not null), AllowancesOf(sources));
    }

    private static CallItem Item(InvoiceSources sources, BillableCall call) => new(
        TimeZoneInfo.ConvertTime(call.StartedAt, sources.Tenant.TimeZone).DateTime,
        call.Caller, call.Called, call.Destination, call.Seconds, DurationOf(call.Seconds), call.Band, call.Charge, IsLate(sources, call),
        CoveredOf(call), call.OverCap > 0 ? call.OverCap : null);

    private static string? CoveredOf(BillableCall call) => call.CoveredUnits is not { } units ? null : call.Kind switch
    {
        "sms" => string.Create(CultureInfo.InvariantCulture, $"{units} {(Math.Abs(units) == 1 ? "message" : "messages")} in allowance"),
        "data" => string.Create(CultureInfo.InvariantCulture, $"{units / 1_000_000m:0.###} MB in allowance"),
        _ => (units < 0 ? "-" : "") + DurationOf((int)Math.Abs(units)) + " in allowance",
    };

    private static List<AllowanceStatement>? AllowancesOf(InvoiceSources sources)
    {
        var currency = sources.Tenant.Currency;
        List<AllowanceStatement> statements =
        [
            .. sources.Pools.Pools.Select(pool => new AllowanceStatement(pool.Name, pool.Owner, new PrintedPeriod(pool.From, pool.Through), pool.Size(currency), pool.Used(currency), pool.Left(currency),
                pool.Share, pool.Saved, IsCap: false)),
            .. sources.Pools.Caps.Select(cap => new AllowanceStatement(cap.Name, cap.Owner, new PrintedPeriod(cap.From, cap.Through), AmountOf(cap.Limit), AmountOf(cap.Billed), AmountOf(cap.Left),
                cap.Share, cap.Over, IsCap: true)),
        ];
        return statements.Count == 0 ? null : statements;

        string AmountOf(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"{amount:#,##0.00####} {currency.Code}");
    }

    private static bool IsLate(InvoiceSources sources, BillableCall call) => sources.Tenant.DayOf(call.StartedAt) < sources.Run.UsageFrom;

    private static string DurationOf(int seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
    }
}
