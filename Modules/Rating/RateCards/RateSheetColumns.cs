namespace Billing.Rating.RateCards;

/// <summary>Which column of a sheet is what.</summary>
sealed class RateSheetColumns
{
    public const string Prefix = "prefix";
    public const string ChargeCode = "charge_code";
    public const string ShortCode = "short_code";
    public const string Destination = "destination";
    public const string PerMinute = "per_minute";
    public const string Connection = "connection";
    public const string PerCall = "per_call";
    public const string PerMessage = "per_message";
    public const string PerMegabyte = "per_megabyte";
    public const string ServiceCharge = "service_charge";
    public const string CostPlusPercent = "cost_plus_percent";
    public const string Any = "any";
    public const string Kind = "kind";
    public const string After = "after";
    public const string ThenPerMinute = "then_per_minute";

    private static readonly string[] known =
    [
        Prefix, ChargeCode, ShortCode, Destination, "free", PerMinute, Connection, PerCall, "first", "next", "free_seconds",
        "minimum_seconds", "minimum", "minimum_includes_connection", "maximum", "maximum_includes_connection", "from", "to",
        Kind, Any, PerMessage, PerMegabyte, ServiceCharge, CostPlusPercent, After, ThenPerMinute, "then_first", "then_next",
    ];

    private static readonly string[] pricedByBand = [PerMinute, Connection, PerCall, PerMessage, PerMegabyte, ThenPerMinute];

    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);

    private readonly RateSheetWords words;

    private RateSheetColumns(Tariff frame, RateSheetWords words) => (Bands, this.words) = (frame.TimeBands, words);

    /// <summary>The frame's bands: <c>per_minute</c> may stand once, or once for each as <c>per_minute_peak</c>.</summary>
    public IReadOnlyList<TimeBand> Bands { get; }

    /// <summary>Null, with the reasons noted, when the header is not one of a rate sheet.</summary>
    public static RateSheetColumns? TryRead(IReadOnlyList<string> header, Tariff frame, RateSheetWords words, TariffErrors errors)
    {
        var columns = new RateSheetColumns(frame, words);
        var isGood = true;
        for (var i = 0; i < header.Count; i++)
        {
            var name = Normalise(header[i]);
            if (!columns.IsKnown(name))
                Refuse("tariff.unknown-column", i, $"'{header[i]}' is not a column of a rate sheet. Known are: {string.Join(", ", columns.AllNames())}.");
            else if (!columns.positions.TryAdd(name, i))
                Refuse("tariff.duplicate-member", i, $"The column '{header[i]}' is there twice.");
        }

        if (isGood && !columns.Has(Prefix) && !columns.Has(ChargeCode) && !columns.Has(ShortCode) && !columns.Has(Any))
            Refuse("tariff.missing-column", 0, $"There is no column that a rate is found by: {Prefix}, {ChargeCode} or {ShortCode}.");
        if (isGood && !columns.Has(Destination)) Refuse("tariff.missing-column", 0, "There is no column 'destination'.");
        return isGood ? columns : null;

        void Refuse(string code, int position, string message)
        {
            isGood = false;
            errors.Add(code, words.Place(1, position), message);
        }
    }

    public bool Has(string name) => positions.ContainsKey(name);

    public bool TryGetPosition(string name, out int position) => positions.TryGetValue(name, out position);

    /// <summary>Where a row is, and the cell of a column in it where the sheet has that column.</summary>
    public string Place(int row, string name) => TryGetPosition(name, out var position) ? $"{words.Place(row, position)} ({name})" : words.Place(row);

    /// <summary>The column of a price in one band.</summary>
    public string InBand(string name, int band) => $"{name}_{Normalise(Bands[band].Name)}";

    private bool IsKnown(string name) => AllNames().Contains(name, StringComparer.Ordinal);

    private IEnumerable<string> AllNames() => Bands.Count == 1
        ? known
        : known.Concat(pricedByBand.SelectMany(_ => Enumerable.Range(0, Bands.Count), InBand));

    // "Per Minute", "per-minute" and "per_minute" are one name: spreadsheets' headers are typed by people.
    private static string Normalise(string name) => name.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
}
