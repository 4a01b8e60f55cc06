using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Tenancy.Users;
using Billing.Usage.Trend;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Usage.Pages.BillingErrors;

/// <summary>The error rate over time, by cause (ERR-7, UX-10).</summary>
[Demands(Permission.ViewUsage)]
internal sealed class TrendModel(CurrentTenant current, IRunPeriods runs) : PageModel
{
    // More colours than these can't be told apart.
    private const int MostSeries = 6;

    public TrendBy By { get; private set; }

    public IReadOnlyList<TrendPoint> Points { get; private set; } = [];

    public IReadOnlyList<string> Codes => ErrorTrend.Codes(Points);

    public ChartData Chart => ChartOf(Points, By);

    public async Task OnGetAsync(string? by, CancellationToken cancellationToken)
    {
        By = Read(by);
        await using var db = await current.BeginAsync(cancellationToken);
        Points = await ErrorTrend.LoadAsync(db, current.Tenant, By, runs, cancellationToken);
    }

    /// <summary>As the address has it; months where it says nothing known.</summary>
    public static TrendBy Read(string? by) => Enum.GetValues<TrendBy>().FirstOrDefault(one => Word(one) == by);

    public static string Word(TrendBy by) => by.ToString().ToLowerInvariant();

    public static string Heading(TrendBy by) => by.ToString();

    /// <summary>The chart of some points. A month with three stray lines would be its tallest bar, so what has less than a hundredth of the busiest one's lines is not drawn; the table has it.</summary>
    public static ChartData ChartOf(IReadOnlyList<TrendPoint> points, TrendBy by)
    {
        var enough = points.Count == 0 ? 0 : points.Max(point => point.Lines) / 100m;
        var codes = ErrorTrend.Codes(points);
        var series = codes.Take(codes.Count > MostSeries ? MostSeries - 1 : MostSeries).Select(code => new ChartSeries(code, [.. points.Select(point => point.Lines < enough ? 0 : point.PerThousandOf(code))])).ToList();
        if (codes.Count > MostSeries) series.Add(new("others", [.. points.Select(point => point.Lines < enough ? 0 : codes.Skip(MostSeries - 1).Sum(point.PerThousandOf))]));
        return new ChartData(Heading(by), [.. points.Select(point => point.Label)], series, Written.Number);
    }
}
