namespace Billing.Invoicing.Tax;

/// <summary>UK VAT rates by tax point (rule V7: the tax point decides, not the day of the call).</summary>
public static class UkVat
{
    private static readonly (DateOnly From, decimal Percent)[] StandardRates =
    [
        (new(1991, 3, 19), 17.5m),
        (new(2008, 12, 1), 15m),
        (new(2010, 1, 1), 17.5m),
        (new(2011, 1, 4), 20m),
    ];

    /// <summary>The rate of a category in percent.</summary>
    /// <param name="category"><c>standard</c>, <c>reduced</c>, <c>zero</c>, <c>exempt</c> or <c>reverse-charge</c>.</param>
    /// <param name="taxPoint">Not before 19 March 1991.</param>
    /// <exception cref="ArgumentException">No such category, or no rate known for the day.</exception>
    public static decimal RateOf(string category, DateOnly taxPoint) => category switch
    {
        "standard" => StandardRates.LastOrDefault(r => r.From <= taxPoint) is { Percent: > 0 and var percent }
            ? percent
            : throw new ArgumentException($"No VAT rate is known for {taxPoint:yyyy-MM-dd}.", nameof(taxPoint)),
        "reduced" => 5m,
        "zero" or "exempt" or "reverse-charge" => 0m,
        _ => throw new ArgumentException($"'{category}' is not a tax category.", nameof(category)),
    };

    /// <summary>What the invoice has to say about a category, or null.</summary>
    public static string? NoteOn(string category) => category switch
    {
        "reverse-charge" => "Reverse charge: the customer accounts for the VAT to HMRC (VAT Act 1994, section 55A).",
        "exempt" => "Exempt from VAT.",
        "zero" => "Zero-rated for VAT.",
        _ => null,
    };
}
