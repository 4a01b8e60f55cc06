namespace Billing.Onboarding.Columns;

/// <summary>The kinds of files, in the order a new tenant takes them in.</summary>
public static class ImportKinds
{
    private const string Date = "2026-03-31, or 31/03/2026 when the order is chosen.";

    private static readonly ImportField AccountNumber = new("accountNumber", "Account number", "Your number for the customer, unique: C1001.", true,
        "account", "account no", "account id", "account ref", "account reference", "customer number", "customer no", "customer id", "customer ref", "customer code", "acc no", "a/c");

    private static readonly ImportField[] Address =
    [
        new("address1", "Address line 1", "Street and house.", false, "address", "street", "billing address", "billing address 1", "addr1", "line 1"),
        new("address2", "Address line 2", "", false, "billing address 2", "addr2", "line 2"),
        new("address3", "Address line 3", "", false, "billing address 3", "addr3", "line 3"),
        new("town", "Town", "", false, "city", "post town", "billing city", "locality"),
        new("county", "County", "", false, "region", "state"),
        new("postcode", "Postcode", "", false, "post code", "zip", "zip code", "postal code", "billing postcode"),
    ];

    /// <summary>Accounts with a contact and the billing address.</summary>
    public static ImportKind Customers { get; } = new("customers", "Customers", "Accounts, each with a contact and where its invoices are addressed to. A second row with the same account number adds another contact.",
    [
        AccountNumber,
        new("name", "Name", "The customer's name as invoices print it.", true, "customer", "customer name", "company", "company name", "account name", "business name"),
        new("startedOn", "Customer since", "First day. " + Date + " Blank: today.", false, "start date", "start", "since", "customer from", "joined"),
        new("endedOn", "Customer until", "Last day, for one who is leaving or gone. Blank: no end.", false, "end date", "end", "until", "customer to", "left", "last day"),
        new("contactName", "Contact", "A person. Blank: no contact is added.", false, "contact name", "contact person", "main contact", "attention", "attn"),
        new("email", "Email", "Of the contact. Whoever has one gets the bill unless the next column says no.", false, "email address", "e-mail", "billing email", "invoice email", "contact email"),
        new("isInvoiceRecipient", "Gets the bill", "yes or no. Blank: yes when there is an email.", false, "invoice recipient", "receives invoice", "bill recipient", "send invoice"),
        new("phone", "Telephone", "Of the contact, as printed.", false, "telephone number", "contact phone", "tel", "contact number", "mobile"),
        .. Address,
        new("vatNumber", "VAT number", "The customer's own.", false, "vat", "vat no", "vat reg", "vat registration", "vat registration number"),
        new("taxTreatment", "VAT treatment", "standard, zero, exempt or reverse-charge. Blank: standard.", false, "tax", "tax treatment", "vat status"),
        new("paymentMethod", "Pays by", "direct-debit, card or bank-transfer. Blank: bank-transfer.", false, "payment method", "payment type", "payment"),
        new("paymentDays", "Days to pay", "14. Blank: as in the company settings.", false, "payment terms", "terms", "payment days", "credit days"),
        new("delivery", "Bills by", "email or print. Blank: email.", false, "delivery", "delivery method", "invoice delivery", "bill delivery"),
        new("isItemised", "Itemised", "no for a customer who asked for bills without single calls. Blank: yes.", false, "itemised bill", "itemized", "call itemisation"),
        new("tariffCode", "Tariff", "Code of the account's tariff. Blank: the tenant's default.", false, "tariff code", "price plan", "rate plan"),
        new("invoiceMessage", "Invoice message", "Printed on each of its invoices.", false, "message", "note on invoice"),
    ],
    """
    Account number,Name,Customer since,Contact,Email,Gets the bill,Address line 1,Town,Postcode,VAT number,Pays by,Days to pay
    C1001,Hollin Joinery Ltd,2024-05-01,Ruth Hollin,accounts@hollin.example,yes,4 Mill Lane,Otley,LS21 1AA,GB 123 4567 82,direct-debit,14
    C1001,Hollin Joinery Ltd,2024-05-01,Peter Hollin,peter@hollin.example,yes,4 Mill Lane,Otley,LS21 1AA,GB 123 4567 82,direct-debit,14
    C1002,"Ash, Birch & Co",2025-01-15,Ann Ash,ann@ashbirch.example,yes,Suite 2,Leeds,LS1 4AP,,bank-transfer,30

    """);

    /// <summary>Places of accounts.</summary>
    public static ImportKind Sites { get; } = new("sites", "Sites", "Further places of accounts, for services to stand at.",
    [
        AccountNumber,
        new("siteName", "Site", "Its name, unique within the account: Head office.", true, "site name", "location", "premises", "branch"),
        .. Address,
        new("isBilling", "Billing address", "yes for the one that invoices are addressed to. Blank: no.", false, "is billing", "billing site", "bill to"),
    ],
    """
    Account number,Site,Address line 1,Town,Postcode,Billing address
    C1001,Workshop,Unit 7 Canal Yard,Bradford,BD1 4PS,no
    C1002,Head office,9 Park Row,Leeds,LS1 5HD,no

    """);

    /// <summary>Numbers, ranges and circuits with the services they belong to.</summary>
    public static ImportKind Numbers { get; } = new("numbers", "Numbers", "Numbers, ranges and circuits, and the service each belongs to. A service that is not there yet is made; a row may name a service alone, such as broadband.",
    [
        AccountNumber,
        new("label", "Service", "What the customer calls it: Main line. Blank: the number itself.", false, "service name", "label", "line", "description", "service label"),
        new("first", "Number", "A single number or the first of a range: 020 7946 0000 or +442079460000.", false, "cli", "telephone", "phone number", "telephone number", "ddi", "first number", "number from", "range start", "start number", "msisdn"),
        new("last", "Last number", "The last of a range, included. Blank: a single number.", false, "number to", "range end", "end number", "to number"),
        new("circuit", "Circuit", "A trunk or circuit as the carrier names it, where there is no number.", false, "trunk", "trunk id", "circuit id", "circuit reference"),
        new("from", "From", "First day it belongs to the service. " + Date + " Blank: the account's first day.", false, "start date", "start", "valid from", "live date", "activated"),
        new("to", "Up to and including", "Last day. Blank: no end.", false, "end date", "end", "to", "valid to", "until", "ceased", "cease date"),
        new("siteName", "Site", "A site of the account. Blank: none.", false, "location", "site name"),
        new("tariffCode", "Tariff", "Code of the service's own tariff. Blank: the account's.", false, "tariff code", "price plan"),
    ],
    """
    Account number,Service,Number,Last number,Circuit,From,Up to and including
    C1001,Main line,020 7946 0000,,,2024-05-01,
    C1001,Direct dial,020 7946 0100,020 7946 0149,,2024-05-01,
    C1002,SIP trunk,,,TRK-00417,2025-01-15,2026-12-31
    C1002,Broadband,,,,,

    """);

    /// <summary>The price list, calls apart.</summary>
    public static ImportKind Products { get; } = new("products", "Products", "The price list, calls apart: what is charged once and what recurs. Running charges keep the price they have.",
    [
        new("code", "Code", "Yours, unique: LINE.", true, "product code", "product", "item", "item code", "sku", "product ref"),
        new("name", "Name", "As invoices print it.", true, "product name", "description", "title"),
        new("price", "Price", "Of one, for one period, without VAT: 12.50.", true, "unit price", "list price", "amount", "price ex vat", "sell price", "rental"),
        new("every", "Every", "once, monthly, quarterly, yearly, or a number of months. Blank: monthly.", false, "frequency", "period", "recurs", "billing period", "term", "months"),
        new("billing", "When", "advance or arrears. Blank: advance.", false, "billing", "billed", "in advance", "timing"),
        new("basis", "Part period", "actual, 30 or 30/360. Blank: actual, the real days of the period.", false, "proration", "basis"),
        new("taxCategory", "VAT category", "standard, standard-end-use, reduced, zero or exempt. Blank: standard.", false, "vat", "tax", "tax category", "vat rate"),
        new("nominalCode", "Nominal code", "The revenue account in the books: 4010.", true, "nominal", "account code", "ledger code", "revenue account", "gl code"),
    ],
    """
    Code,Name,Price,Every,When,VAT category,Nominal code
    LINE,Line rental,12.50,monthly,advance,standard,4010
    BB-FTTP,Broadband,38.00,monthly,advance,standard,4011
    INSTALL,Installation,75.00,once,,standard,4030

    """);

    /// <summary>Recurring charges.</summary>
    public static ImportKind Charges { get; } = new("charges", "Recurring charges", "What accounts pay besides calls: a product, how many, at which price, from when. Products must be there first.",
    [
        AccountNumber,
        new("productCode", "Product", "The product's code.", true, "product code", "item", "item code", "sku", "product ref"),
        new("label", "Service", "The service it is for, as the account calls it. Blank: the account as a whole.", false, "service name", "service label", "line"),
        new("description", "Description", "As printed. Blank: the product's name.", false, "text", "line description", "invoice text"),
        new("quantity", "Quantity", "2. Blank: 1.", false, "qty", "units", "how many"),
        new("price", "Price", "Of one, for one period, without VAT: 12.50. Blank: the product's.", false, "unit price", "rental", "amount", "charge", "monthly charge", "monthly price", "price ex vat", "sell price"),
        new("from", "From", "First day it is charged. " + Date, true, "start date", "start", "valid from", "billing start"),
        new("to", "Up to and including", "Last day. Blank: no end.", false, "end date", "end", "to", "until", "valid to"),
        new("anchorDay", "Period begins on", "Day of the month, 1 to 31. Blank: 1.", false, "billing day", "anchor day", "bill day"),
    ],
    """
    Account number,Product,Service,Description,Quantity,Price,From,Up to and including
    C1001,LINE,Main line,Line rental,1,12.50,2024-05-01,
    C1002,BB-FTTP,,Broadband,1,38.00,2025-01-15,2026-12-31

    """);

    /// <summary>One-off charges and credits.</summary>
    public static ImportKind OneOffs { get; } = new("one-offs", "One-off charges", "What accounts pay once: installation, hardware; or a credit, with a minus. Each is on the first invoice after its day. Products must be there first.",
    [
        AccountNumber,
        new("productCode", "Product", "The product's code; one that does not recur.", true, "product code", "item", "item code", "sku", "product ref"),
        new("label", "Service", "The service it is for, as the account calls it. Blank: the account as a whole.", false, "service name", "service label", "line"),
        new("description", "Description", "As printed. Blank: the product's name.", false, "text", "line description", "invoice text"),
        new("amount", "Amount", "Without VAT: 75.00, or -15.00 for a credit. Blank: the product's price.", false, "charge", "price", "total", "net", "price ex vat"),
        new("chargeOn", "Day", "The day it falls due for billing. " + Date, true, "date", "charge date", "on", "charged on"),
    ],
    """
    Account number,Product,Service,Description,Amount,Day
    C1001,INSTALL,Main line,"Engineer visit, 19 March",75.00,2026-03-19
    C1002,INSTALL,,Goodwill credit,-15.00,2026-03-12

    """);

    /// <summary>Rates of one tariff.</summary>
    public static ImportKind Rates { get; } = new("rates", "Rate card", "The rates of one tariff: a price for each destination. They become its next version.",
    [
        new("prefix", "Prefix", "The first digits of the number with its country code: 442079.", false, "dial code", "code", "dialling code", "number prefix", "dialcode"),
        new("charge_code", "Charge code", "The carrier's own band, where rates are found by it.", false, "band", "charge band", "carrier code", "rate code"),
        new("short_code", "Short code", "118500 or 116*.", false, "shortcode", "special number"),
        new("destination", "Destination", "As invoices print it.", true, "description", "country", "name", "destination name", "zone"),
        new("per_minute", "Per minute", "0.0125", false, "ppm", "price per minute", "rate", "rate per minute", "cost per minute", "price", "pence per minute"),
        new("connection", "Connection", "Added once to each call.", false, "connection charge", "set up", "setup", "connection fee", "setup fee"),
        new("per_call", "Per call", "A price for the call as such.", false, "price per call", "fixed charge"),
        new("first", "First interval", "Shortest duration charged, seconds.", false, "initial interval", "first interval seconds", "min seconds"),
        new("next", "Next interval", "Steps after it, seconds.", false, "increment", "subsequent interval", "next increment"),
        new("minimum", "Minimum", "The least a call costs.", false, "minimum charge", "min charge"),
        new("maximum", "Maximum", "The most a call costs.", false, "maximum charge", "max charge", "cap"),
        new("free", "Free", "yes for a destination that costs nothing.", false, "is free"),
        new("from", "From", "First day in force. Blank: ever since.", false, "effective", "effective date", "effective from", "start date", "valid from"),
        new("to", "Up to and including", "Last day in force. Blank: until further notice.", false, "end date", "valid to", "expires", "until"),
    ],
    """
    Prefix,Destination,Per minute,Connection,From
    44,United Kingdom,0.0120,,
    447,UK mobile,0.0450,,
    353,Ireland,0.0390,0.02,2026-01-01

    """);

    /// <summary>All kinds, in order.</summary>
    public static IReadOnlyList<ImportKind> All { get; } = [Customers, Sites, Numbers, Products, Charges, OneOffs, Rates];

    /// <summary>A kind by its name; null when there is none.</summary>
    public static ImportKind? Find(string id) => All.FirstOrDefault(kind => kind.Id == id);
}
