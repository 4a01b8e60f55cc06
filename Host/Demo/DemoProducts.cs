using Billing.Catalog.Products;

namespace Billing.Host.Demo;

/// <summary>The demo reseller's price list, calls apart.</summary>
static class DemoProducts
{
    public const string Line = "LINE";
    public const string Channel = "SIP-CH";
    public const string Trunk = "SIP-TRUNK";
    public const string Ten = "DDI-10";
    public const string Hundred = "DDI-100";
    public const string Seat = "SEAT";
    public const string SeatPlus = "SEAT-PLUS";
    public const string Broadband = "FTTP-150";
    public const string FastBroadband = "FTTP-900";
    public const string Support = "SUPPORT";
    public const string Recording = "RECORDING";
    public const string AlarmLine = "ALARM";
    public const string Domain = "DOMAIN";
    public const string Installation = "INSTALL";
    public const string Handset = "HANDSET";
    public const string Credit = "CREDIT";

    private const string Rentals = "4010";
    private const string Data = "4020";
    private const string Services = "4030";
    private const string Hardware = "4040";
    private const string Allowances = "4090";

    /// <summary>All products; prices without VAT.</summary>
    public static IReadOnlyList<Product> All { get; } =
    [
        new(Line, "Business line rental", 16.50m, Monthly(BillingTime.Advance), "standard", Rentals),
        new(Channel, "SIP channel", 4.75m, Monthly(BillingTime.Advance), "standard", Rentals),
        new(Trunk, "SIP trunk", 12.00m, Monthly(BillingTime.Advance), "standard", Rentals),
        new(Ten, "Block of 10 DDI numbers", 2.50m, Monthly(BillingTime.Advance), "standard", Rentals),
        new(Hundred, "Block of 100 DDI numbers", 18.00m, Monthly(BillingTime.Advance), "standard", Rentals),
        new(Seat, "Hosted voice seat", 9.75m, Monthly(BillingTime.Advance), "standard", Rentals),
        new(SeatPlus, "Hosted voice seat Plus", 13.95m, Monthly(BillingTime.Advance), "standard", Rentals),
        new(Broadband, "Full fibre broadband 150", 34.00m, Monthly(BillingTime.Advance), "standard", Data),
        new(FastBroadband, "Full fibre broadband 900", 49.50m, Monthly(BillingTime.Advance), "standard", Data),
        new(Support, "Support plan, next working day", 25.00m, new(1, BillingTime.Advance, ProrationBasis.Thirty), "standard", Services),
        new(Recording, "Call recording", 4.20m, Monthly(BillingTime.Arrears), "standard", Services),
        new(AlarmLine, "Alarm line monitoring", 27.00m, new(3, BillingTime.Advance, ProrationBasis.Actual), "standard", Services),
        new(Domain, "Domain name and e-mail", 60.00m, new(12, BillingTime.Advance, ProrationBasis.Thirty360), "standard", Services),
        new(Installation, "Installation", 75.00m, null, "standard", Services),
        new(Handset, "Desk handset", 89.00m, null, "standard", Hardware),
        new(Credit, "Credit", 0m, null, "standard", Allowances),
    ];

    /// <summary>The product with a code.</summary>
    public static Product Named(string code) => All.Single(p => p.Code == code);

    private static RecurringTerms Monthly(BillingTime billing) => new(1, billing, ProrationBasis.Actual);
}
