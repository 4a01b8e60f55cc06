namespace Billing.Rating.RateCards;

/// <summary>The UK number ranges whose calls cost a service charge and an access charge, and what the law lets a service charge be (N5).</summary>
static class ServiceRanges
{
    private static readonly Range[] all =
    [
        new("084", "4484", null, new(0.07m, 0.07m)),
        new("087", "4487", null, new(0.13m, 0.13m)),
        new("09", "449", null, new(3.60m, 6.00m)),
        new("118", null, "118", null),
    ];

    /// <summary>The ranges as the document names them.</summary>
    public static string Names { get; } = string.Join(", ", all.Select(range => range.Name));

    public static bool IsKnown(string name) => all.Any(range => range.Name == name);

    /// <summary>The highest service charge of a range, VAT included; null where there is none.</summary>
    public static Limit? LimitOf(string name) => all.First(range => range.Name == name).Limit;

    /// <summary>The range that everything found by a key lies in; null when it lies in none.</summary>
    public static string? RangeOf(RateKeyKind kind, string key) => all.FirstOrDefault(range => kind switch
    {
        RateKeyKind.Prefix => range.Prefix is { } prefix && key.StartsWith(prefix, StringComparison.Ordinal),
        RateKeyKind.ShortCode => range.ShortCode is { } code && key.StartsWith(code, StringComparison.Ordinal),
        _ => false,
    })?.Name;

    /// <param name="PerMinute">For 60 seconds, VAT included.</param>
    /// <param name="PerCall">For a call as such, VAT included.</param>
    internal sealed record Limit(decimal PerMinute, decimal PerCall);

    private sealed record Range(string Name, string? Prefix, string? ShortCode, Limit? Limit);
}
