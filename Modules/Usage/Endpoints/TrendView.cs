using System.ComponentModel;
using Billing.Usage.Trend;

namespace Billing.Usage.Endpoints;

/// <summary>A point of the error rate, in the API.</summary>
sealed record TrendView(
    string Label, long Lines,
    [property: Description("Lines that became an error, also those that were mended since.")] long Errors,
    [property: Description("Errors for each thousand lines.")] decimal PerThousand,
    [property: Description("Lines that are errors now.")] long ErrorsNow,
    [property: Description("Lines that became an error, by the cause's code.")] IReadOnlyDictionary<string, long> ByCause)
{
    public static TrendView Of(TrendPoint point) => new(point.Label, point.Lines, point.Errors, point.PerThousand, point.Open, point.Arisen);
}
