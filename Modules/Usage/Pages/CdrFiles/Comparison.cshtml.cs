using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Tenancy.Users;
using Billing.Usage.Comparison;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.CdrFiles;

/// <summary>Carrier by carrier, a month beside the one before (CDR-4).</summary>
[Demands(Permission.ViewUsage)]
internal sealed class ComparisonModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    public CarrierComparison Found { get; private set; } = null!;

    public ChartData Lines { get; private set; } = null!;

    public ChartData Costs { get; private set; } = null!;

    public async Task OnGetAsync(string? month, CancellationToken cancellationToken)
    {
        DateOnly? chosen = DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999 ? day : null;
        await using var db = await current.BeginAsync(cancellationToken);
        Found = await CarrierComparison.LoadAsync(db, current.Tenant, chosen, clock.GetUtcNow(), cancellationToken);
        Lines = ChartOf(figures => figures.Lines, Written.Number);
        Costs = ChartOf(figures => figures.Cost, Amount);
    }

    public static string Days(DateInterval period) => $"{Written.Day(period.From)} to {Written.Day(period.To!.Value.AddDays(-1))}";

    /// <summary>What the table shows of a carrier: each figure as written, and how it changed.</summary>
    public IEnumerable<(string Value, string Change)> FiguresOf(ComparedCarrier carrier)
    {
        var (now, before) = (carrier.Now, carrier.Before);
        yield return (Written.Count(now.Files), Change(now.Files, before.Files));
        yield return (Written.Count(now.Lines), Change(now.Lines, before.Lines));
        yield return (Written.Count(now.Errors), Change(now.Errors, before.Errors));
        yield return (Written.Count(now.Seconds / 60), Change(now.Seconds, before.Seconds));
        yield return (Amount(now.Cost), Change(now.Cost, before.Cost));
        yield return (Amount(now.Charge), Change(now.Charge, before.Charge));
        yield return (AMinute(now) is { } price ? Written.Price(price, current.Tenant.Currency) : "-", AMinute(now) is { } here && AMinute(before) is { } there ? Change(here, there) : "");
    }

    private static decimal? AMinute(CarrierFigures figures) => figures.Seconds == 0 ? null : decimal.Round(figures.Cost * 60 / figures.Seconds, 6, MidpointRounding.AwayFromZero);

    private static string Change(decimal now, decimal before) =>
        before == 0 ? now == 0 ? "" : "new" : now == before ? "the same" : ((now - before) / before).ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture);

    private string Amount(decimal amount) => Written.Amount(amount, current.Tenant.Currency);

    private ChartData ChartOf(Func<CarrierFigures, decimal> figure, Func<decimal, string> write) => new("Carrier", [.. Found.Carriers.Select(c => c.Carrier)],
        [new("This period", [.. Found.Carriers.Select(c => figure(c.Now))], "billed"), new("The one before", [.. Found.Carriers.Select(c => figure(c.Before))], "waiting")], write);
}
