using System.ComponentModel;
using System.Globalization;
using System.Text;
using Billing.Abstractions.Values;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Billing.Api.Paging;

/// <summary>
/// Which piece of a list is wanted. Lists are walked by key, not by counting: what is added or removed meanwhile makes nothing appear twice
/// or be left out.
/// </summary>
/// <param name="Limit">Most items wanted; 100 where not said, at most 500.</param>
/// <param name="After">The <c>next</c> of the piece before; none for the first.</param>
/// <param name="UpdatedSince">Only what was made or changed at this instant or later.</param>
public sealed record PageQuery(
    [property: FromQuery(Name = "limit"), Description("Most items wanted, 1 to 500; 100 where not said.")] int? Limit,
    [property: FromQuery(Name = "after"), Description("The `next` of the piece before; leave it out for the first.")] string? After,
    [property: FromQuery(Name = "updatedSince"), Description("Only what was made or changed at this instant or later.")] DateTimeOffset? UpdatedSince)
{
    private const int Most = 500;

    /// <summary>The cursor is not one of this list's.</summary>
    public static Failure BadCursor { get; } = new("api.bad-cursor", "'after' is not the 'next' of an earlier answer.");

    /// <summary>Items asked of the database: one more than are answered, to know if there are more.</summary>
    public int Fetch => Size + 1;

    /// <summary>The key of the last item of the piece before; null for the first piece.</summary>
    public string? AfterKey => After is null ? null : Decode(After);

    private int Size => Limit ?? 100;

    /// <summary>What is wrong with the query; null when nothing is.</summary>
    public Failure? Fault =>
        Limit is < 1 or > Most ? new Failure("api.bad-limit", $"'limit' is {Limit}; it may be 1 to {Most}.")
        : After is not null && Decode(After) is null ? BadCursor
        : null;

    /// <summary>The key before, in a list whose keys are numbers.</summary>
    /// <param name="key">The number; null for the first piece.</param>
    /// <returns>False when the cursor has none: it is another list's (<see cref="BadCursor"/>).</returns>
    public bool TryGetAfter(out long? key)
    {
        key = null;
        if (AfterKey is not { } text) return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        key = number;
        return true;
    }

    /// <summary>Makes the answer from what was fetched.</summary>
    /// <param name="fetched">At most <see cref="Fetch"/> items.</param>
    /// <param name="key">Key of an item, by which the list is ordered.</param>
    /// <param name="view">How an item is shown.</param>
    public Page<TView> Cut<T, TView>(IReadOnlyList<T> fetched, Func<T, string> key, Func<T, TView> view)
    {
        ArgumentNullException.ThrowIfNull(fetched);
        ArgumentNullException.ThrowIfNull(key);
        var items = fetched.Take(Size).ToList();
        return new([.. items.Select(view)], fetched.Count > Size ? WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes("1:" + key(items[^1]))) : null);
    }

    private static string? Decode(string cursor)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(WebEncoders.Base64UrlDecode(cursor));
            return text.StartsWith("1:", StringComparison.Ordinal) && !text.Contains('\0', StringComparison.Ordinal) ? text[2..] : null;
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
