using System.Globalization;

namespace Billing.Host.Demo;

/// <summary>
/// Where the demo's customers call. Numbers are those that regulators keep for drama (Ofcom, ARCEP, BNetzA, ComReg, ACMA, NANPA's 555-01xx), and plainly
/// invented ones in ranges that have none. Costs are invented.
/// </summary>
static class DemoDestinations
{
    /// <summary>By far the most called numbers.</summary>
    public static DemoDestination Geographic { get; } = new("UKN", "UK", ["441", "442"], 350, 0.0034m, random =>
    {
        var (block, _) = random.Pick(NumberStock.Towns);
        return Digits(block + (ulong)random.Between(NumberStock.FirstCalled, 999));
    });

    /// <summary>A satellite telephone by its charge code, which is in no tariff.</summary>
    public static DemoDestination CodeNobodyKnows { get; } =
        new("IRID6", "Satellite Iridium", ["8816"], 0, 1.3500m, random => $"881600{random.Below(1_000_000):000000}") { IsInTariff = false };

    /// <summary>Ships at sea, by prefix, in no tariff until somebody adds it.</summary>
    public static DemoDestination PrefixNobodyKnows { get; } =
        new("INM870", "Satellite Inmarsat", ["870"], 0, 4.1000m, random => $"8707000{random.Between(10, 11)}00") { IsInTariff = false };

    /// <summary>Police, fire, ambulance: free.</summary>
    public static DemoDestination Emergency { get; } = new("UKEMG", "UK Emergency services", ["999", "112"], 0, 0m, random => random.Chance(80) ? "999" : "112") { IsShortCode = true };

    /// <summary>All that ordinary traffic goes to, and the three above.</summary>
    public static IReadOnlyList<DemoDestination> All { get; } =
    [
        Geographic,
        new("UKNFM1", "UK Mobile O2", ["447"], 150, 0.0091m, Mobile),
        new("UKNFM3", "UK Mobile EE", ["447"], 140, 0.0093m, Mobile),
        new("UKNFM5", "UK Mobile Vodafone", ["447"], 100, 0.0092m, Mobile),
        new("UKNFM6", "UK Mobile Three", ["447"], 55, 0.0096m, Mobile),
        new("UKNNNG", "UK National Non Geographic", ["443"], 60, 0.0075m, random => $"443069990{random.Below(1000):000}"),
        new("UKNFPH", "UK Freephone", ["44800", "44808"], 45, 0m, random => $"448081570{random.Below(1000):000}"),
        new("UKN845", "UK 0845", ["44845"], 14, 0.0420m, random => $"44845000{random.Below(10_000):0000}"),
        new("UKN870", "UK 0870", ["44870"], 8, 0.0560m, random => $"44870000{random.Below(10_000):0000}"),
        new("UKNPRS", "UK Premium Rate", ["449"], 3, 1.0200m, random => $"449098790{random.Below(1000):000}"),
        new("UKDQ", "UK Directory Enquiries", ["118"], 4, 1.4000m, random => $"1180{random.Between(97, 99)}") { CostPerCall = 2.100m, IsShortCode = true },
        new("IRL", "Ireland", ["353"], 14, 0.0087m, random => $"35320910{random.Below(10_000):0000}"),
        new("IRLM", "Ireland Mobile", ["35383", "35385", "35386", "35387", "35389"], 8, 0.0610m, random => $"353850000{random.Below(1000):000}"),
        new("FRA", "France", ["33"], 9, 0.0071m, random => $"331990000{random.Below(100):00}"),
        new("FRAM", "France Mobile", ["336", "337"], 5, 0.0480m, random => $"336399800{random.Below(100):00}"),
        new("DEU", "Germany", ["49"], 8, 0.0069m, random => $"493023125{random.Below(1000):000}"),
        new("DEUM", "Germany Mobile", ["4915", "4916", "4917"], 4, 0.0520m, random => $"491713920{random.Below(100):000}"),
        new("NLD", "Netherlands", ["31"], 5, 0.0083m, random => $"3120000{random.Below(10_000):0000}"),
        new("ESP", "Spain", ["34"], 6, 0.0078m, random => $"34910000{random.Below(1000):000}"),
        new("USA", "USA", ["1"], 13, 0.0062m, random => $"120255501{random.Below(100):00}"),
        new("AUS", "Australia", ["61"], 3, 0.0115m, random => $"6125550{random.Below(10_000):0000}"),
        CodeNobodyKnows,
        PrefixNobodyKnows,
        Emergency,
    ];

    /// <summary>A carrier's text for a number of this destination.</summary>
    public static string DescriptionOf(DemoDestination destination, string number) =>
        destination == Geographic ? "UK " + NumberStock.PlaceOf(ulong.Parse(number, CultureInfo.InvariantCulture)) : destination.Name;

    private static string Mobile(DemoRandom random) => $"447700900{random.Below(1000):000}";

    private static string Digits(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
