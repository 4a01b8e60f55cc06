using Billing.Screens.Tables;
using Billing.Usage.Matching;

namespace Billing.Usage.Pages.BillingErrors;

/// <summary>The causes of billing errors, searched and sorted: the table on the page and the exported one are the same list.</summary>
internal static class CauseList
{
    /// <summary>As usual: most money at stake first.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["usual", "cause", "calls", "time", "stake"];

    /// <summary>Those asked for.</summary>
    /// <param name="causes">All of them, most money first.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="shown">How a text with numbers in it is shown to whoever asks: what is not shown can't be searched for either.</param>
    public static IReadOnlyList<ErrorGroup> Of(IEnumerable<ErrorGroup> causes, ListQuery query, Func<string?, string?> shown)
    {
        var found = causes.Where(cause => query.Search.Length == 0
            || new[] { shown(cause.Title), cause.Code, shown(cause.Message), cause.FirstFile }.Any(text => text?.Contains(query.Search, StringComparison.OrdinalIgnoreCase) == true));
        return query.Sort switch
        {
            "cause" => Order(found, cause => shown(cause.Title), query),
            "calls" => Order(found, cause => cause.Calls, query),
            "time" => Order(found, cause => cause.Seconds, query),
            "stake" => Order(found, cause => cause.Stake.Known.Sum(money => money.Amount), query),
            _ => [.. found],
        };
    }

    // Sorting keeps the usual order within equal values.
    private static IReadOnlyList<ErrorGroup> Order<TKey>(IEnumerable<ErrorGroup> causes, Func<ErrorGroup, TKey> key, ListQuery query) =>
        [.. query.IsDescending ? causes.OrderByDescending(key) : causes.OrderBy(key)];
}
