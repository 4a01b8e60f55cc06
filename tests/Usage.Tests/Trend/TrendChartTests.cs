using Billing.Usage.Pages.BillingErrors;
using Billing.Usage.Trend;

namespace Billing.Usage.Tests.Trend;

/// <summary>ERR-7, UX-10: what is drawn of the error rate.</summary>
public sealed class TrendChartTests
{
    [Fact]
    public void ERR_7_a_month_with_hardly_a_line_is_not_drawn()
    {
        var chart = TrendModel.ChartOf(
            [Point("Nov 2025", 3, 3), Point("Feb 2026", 293, 29), Point("Mar 2026", 29_379, 147), Point("Apr 2026", 294, 29)], TrendBy.Month);

        chart.Labels.Count.ShouldBe(4);
        // A hundredth of the busiest month is 293.79 lines.
        chart.Series.ShouldHaveSingleItem().Values.ShouldBe([0, 0, 5.00m, 98.64m]);
    }

    [Fact]
    public void Nothing_is_an_empty_chart() => TrendModel.ChartOf([], TrendBy.Month).IsEmpty.ShouldBeTrue();

    private static TrendPoint Point(string label, long lines, long errors) => new(label, lines, new Dictionary<string, long> { ["usage.unassigned"] = errors }, 0);
}
