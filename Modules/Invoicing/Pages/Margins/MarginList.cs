using Billing.Invoicing.Margins;
using Billing.Screens.Parts;
using Billing.Screens.Tables;

namespace Billing.Invoicing.Pages.Margins;

/// <summary>Margins searched and sorted: the table on the page and the exported one are the same list.</summary>
internal static class MarginList
{
    /// <summary>As usual: what loses money first.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["usual", "account", "service", "cost", "charge", "margin"];

    public static IReadOnlyList<MarginRow> Of(CarrierMargin margin, ListQuery query)
    {
        var verdict = Enum.GetValues<MarginVerdict>().Cast<MarginVerdict?>().FirstOrDefault(v => KeyOf(v!.Value) == query.Kept.GetValueOrDefault("verdict"));
        var found = margin.Rows.Where(row => (verdict is null || row.Verdict == verdict)
            && (query.Search.Length == 0 || new[] { row.AccountNumber, row.AccountName, row.Service, row.Product }.Any(text => text?.Contains(query.Search, StringComparison.OrdinalIgnoreCase) == true)));
        return query.Sort switch
        {
            "account" => Order(found, row => row.AccountName, query),
            "service" => Order(found, row => row.Service, query),
            "cost" => Order(found, row => row.Cost, query),
            "charge" => Order(found, row => row.Charge, query),
            "margin" => Order(found, row => row.Margin, query),
            _ => [.. found],
        };
    }

    public static string KeyOf(MarginVerdict verdict) => verdict switch
    {
        MarginVerdict.NobodyPays => "nobody-pays",
        MarginVerdict.BelowCost => "below-cost",
        MarginVerdict.NoCost => "no-cost",
        MarginVerdict.Credit => "credit",
        _ => "sold",
    };

    public static string Say(MarginVerdict verdict) => verdict switch
    {
        MarginVerdict.NobodyPays => "Nobody pays",
        MarginVerdict.BelowCost => "Below cost",
        MarginVerdict.NoCost => "Carrier bills no more",
        MarginVerdict.Credit => "Credit only",
        _ => "Sold",
    };

    public static Tone ToneOf(MarginVerdict verdict) => verdict switch
    {
        MarginVerdict.NobodyPays => Tone.Bad,
        MarginVerdict.BelowCost or MarginVerdict.NoCost => Tone.Warning,
        MarginVerdict.Sold => Tone.Good,
        _ => Tone.Quiet,
    };

    // Sorting keeps the usual order within equal values.
    private static IReadOnlyList<MarginRow> Order<TKey>(IEnumerable<MarginRow> rows, Func<MarginRow, TKey> key, ListQuery query) => [.. query.IsDescending ? rows.OrderByDescending(key) : rows.OrderBy(key)];
}
