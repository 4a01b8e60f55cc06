using Billing.Tenancy.Tenants;

namespace Billing.Host.Demo;

/// <summary>
/// The reseller of the demo. Everything is invented: the numbers are Ofcom's for drama, no sort code begins with 00, the registrations have
/// the wrong length or check digits for real ones.
/// </summary>
static class DemoBrand
{
    /// <summary>The tenant as it is opened.</summary>
    public static NewTenant Tenant { get; } = new(
        Slug: "larkfell",
        Name: "Larkfell Telecom",
        LegalName: "Larkfell Telecom Limited",
        Address: ["2nd Floor, The Old Exchange", "18 Fellside Road", "Calderwick", "XN1 4LT"],
        Country: "GB",
        CompanyNumber: "00004217",
        VatNumber: "GB 000 4217 26",
        Currency: "GBP",
        TimeZone: "Europe/London",
        Brand: new(
            LogoSvg: Logo,
            PrimaryColour: "#0b4f5c",
            AccentColour: "#c2571a",
            Website: "www.larkfell.example",
            SupportEmail: "billing@larkfell.example",
            SupportPhone: "0808 157 0142",
            BankDetails: ["Larkfell Telecom Limited", "Fellside Bank (a bank for demonstrations)", "Sort code 00-00-42", "Account 00421726"],
            ComplaintsNote: "Something wrong with this bill? Call 0808 157 0142 (free) or 01632 960142, or write to complaints@larkfell.example. "
                + "We answer within two working days. If we have not settled your complaint after six weeks, or tell you in writing that we can't, "
                + "you may take it free of charge to our dispute-resolution scheme, the Example Communications Ombudsman: www.eco.example, 020 7946 0142."));

    // A lark over two fells. Paths and one line of text in a generic font: sharp at any size, nothing to load.
    private const string Logo = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 236 56" width="236" height="56" role="img" aria-label="Larkfell Telecom">
          <path d="M2 50 L19 29 Q23 24 27 29 L33 36 L39 31 Q43 27 47 32 L62 50 Z" fill="#0b4f5c"/>
          <path d="M2 50 L19 29 Q23 24 27 29 L44 50 Z" fill="#167a8b"/>
          <path d="M33 15 Q40 8 46 15 Q50 5 61 3 Q55 8 54 15 Q51 22 44 21 Q38 21 31 24 Q36 20 38 17 Q36 15 33 15 Z" fill="#c2571a"/>
          <text x="72" y="33" font-family="Helvetica, Arial, sans-serif" font-size="29" font-weight="700" fill="#0b4f5c">Larkfell</text>
          <text x="74" y="48" font-family="Helvetica, Arial, sans-serif" font-size="11" letter-spacing="5.2" fill="#c2571a">TELECOM</text>
        </svg>
        """;
}
