using System.Globalization;
using System.Text;
using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Delivery.Documents;
using Billing.Delivery.Templates;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Plugins.UkPrerated;
using Billing.Portal.Grants;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.Import;

namespace Billing.Portal.Tests;

/// <summary>
/// A reseller with a billed October and a begun November. A001 has a reception line and a block of extensions; A002 is another customer;
/// A003 asked for bills without single calls. Each has an owner; A001 also a bookkeeper, and Nora of extension 12.
/// </summary>
sealed class SomeReseller
{
    public const string Reception = "+441632960001";
    public const string Nora = "+441632960012";
    public const string Colleague = "+441632960013";
    public const string Script = "<script>alert(1)</script> & Sons";
    public const string Formula = "=HYPERLINK(\"http://evil.example\")";

    static readonly DateOnly Start = new(2026, 10, 1);

    const string Tariff = """
        {
          "formatVersion": 1, "name": "Sample", "currency": "GBP", "timeZone": "Europe/London",
          "rounding": { "mode": "up", "unit": "0.0001", "level": "call" },
          "defaults": { "interval": { "first": 1, "next": 1 } },
          "rates": [
            { "prefix": "44", "destination": "UK landline", "perMinute": "0.05" },
            { "prefix": "44800", "destination": "UK freephone", "free": true },
            { "prefix": "33", "destination": "France", "perMinute": "0.30" }
          ]
        }
        """;

    const string October = """
        caller_id,recipient,call_date,end_time,duration,cost,reference,currency
        441632960001,442079460000,05/10/2026,10:01:00,60,0.010,R1,GBP
        441632960001,448001111111,05/10/2026,10:31:00,300,0.000,R2,GBP
        441632960012,33140000000,06/10/2026,11:10:00,600,0.900,R3,GBP
        441632960013,442079460001,07/10/2026,12:02:00,120,0.020,R4,GBP
        441632960002,442079460002,08/10/2026,12:02:00,120,0.020,R5,GBP
        441632960003,442079460003,09/10/2026,12:02:00,120,0.020,R6,GBP

        """;

    const string November = """
        caller_id,recipient,call_date,end_time,duration,cost,reference,currency
        441632960012,33140000009,03/11/2026,11:10:00,60,0.100,N1,GBP
        441632960003,442079460009,03/11/2026,12:02:00,120,0.020,N2,GBP

        """;

    readonly Dictionary<string, AccountId> accounts = new(StringComparer.Ordinal);
    readonly Dictionary<string, ServiceId> services = new(StringComparer.Ordinal);

    SomeReseller(Tenant tenant, string host) => (Tenant, Host) = (tenant, host);

    public Tenant Tenant { get; }

    /// <summary>Where its customers sign in.</summary>
    public string Host { get; }

    /// <summary>What their browsers carry, by name.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, PersonId> People { get; } = new(StringComparer.Ordinal);

    /// <summary>A contact of each account.</summary>
    public Dictionary<string, long> Contacts { get; } = new(StringComparer.Ordinal);

    public AccountId Account(string number) => accounts[number];

    public ServiceId Service(string label) => services[label];

    public static CdrFormatCatalog Formats()
    {
        var formats = new CdrFormatCatalog();
        formats.Add(new UkPreratedCdrFormat());
        return formats;
    }

    public static async Task<SomeReseller> OpenAsync(Database database, TimeProvider clock, string slug, string name, string colour)
    {
        var tenant = await new TenantDirectory(database).OpenAsync(new NewTenant(
            slug, name, name + " Limited", ["1 High Street", "Exampleton"], "GB", "00004217", "GB 000 0000 00", "GBP", "Europe/London",
            new Brand("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 10\"><path d=\"M0 0h40v10z\" fill=\"#0b4f5c\"/></svg>", colour, "#c2571a", $"www.{slug}.example", $"help@{slug}.example", "0808 157 0142",
                [name + " Limited", "Account 00421726"], $"Complaints to {name}; then the Example Ombudsman, www.eo.example.")));
        var reseller = new SomeReseller(tenant, $"bills.{slug}.example");
        await reseller.SellAsync(database, clock);
        var import = new CdrImport(database, Formats(), clock);
        (await import.ImportAsync(tenant, "october_cdr.csv", Encoding.UTF8.GetBytes(October), null)).ValueOrThrow();
        await reseller.BillAsync(database, clock);
        (await import.ImportAsync(tenant, "november_cdr.csv", Encoding.UTF8.GetBytes(November), null)).ValueOrThrow();
        await reseller.InviteAsync(database, clock);
        return reseller;
    }

    public static byte[] PdfOf(Tenant tenant, string number) => Encoding.ASCII.GetBytes($"%PDF-1.4\n% {tenant.Slug} {number}\n%%EOF\n");

    async Task SellAsync(Database database, TimeProvider clock)
    {
        await using var db = await database.BeginAsync(Tenant.Id);
        await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, Tariff, clock.GetUtcNow());
        var terms = new RecurringTerms(1, BillingTime.Arrears, ProrationBasis.Actual);
        var line = await ProductList.AddAsync(db, new Product("LINE", "Line rental", 12m, terms, "standard", "4100"));
        foreach (var (number, name, isItemised) in new[] { ("A001", Script, true), ("A002", "Second Ltd", true), ("A003", "Quiet Ltd", false) })
        {
            var account = accounts[number] = await AccountList.AddAsync(db, new NewAccount(number, name, null, Start) { IsItemised = isItemised, Sites = [new Site("Office", ["1 Low Street"], true)] });
            Contacts[number] = (await ContactBook.AddAsync(db, account, new Contact(name + " accounts", $"accounts@{number}.example", "020 7946 0018", true))).ValueOrThrow();
            var service = services["Line of " + number] = await ServiceList.AddAsync(db, account, "Line of " + number, "Office");
            await AssignAsync(db, service, 441632960000 + ulong.Parse(number.AsSpan(1), CultureInfo.InvariantCulture), 0);
            await ChargeList.AddAsync(db, new Subscription(default, account, service, line, "Line rental", 1, 12m, terms, 1, new DateInterval(Start, null)));
        }
        services["Extensions"] = await ServiceList.AddAsync(db, accounts["A001"], "Extensions", "Office");
        await AssignAsync(db, services["Extensions"], 441632960010, 9);
        await db.CommitAsync();
    }

    static async Task AssignAsync(TenantDb db, ServiceId service, ulong first, ulong more)
    {
        E164Number.TryCreate(first, out var from).ShouldBeTrue();
        E164Number.TryCreate(first + more, out var to).ShouldBeTrue();
        await ServiceList.AssignNumbersAsync(db, service, from, to, new DateInterval(Start, null));
    }

    async Task BillAsync(Database database, TimeProvider clock)
    {
        var book = new BillingRunBook(database, clock);
        var run = (await book.OpenAsync(Tenant, new BillingRunFields(new(2026, 11, 1), new(2026, 10, 31), new(2026, 11, 15), Formula))).ValueOrThrow();
        var draft = (await book.DraftAsync(Tenant, run.Id)).ValueOrThrow();
        foreach (var gate in RunGate.All) await book.ConfirmAsync(Tenant, run.Id, gate, "Ann O'Clerk");
        (await book.RequestAsync(Tenant, run.Id, draft.Hash)).ValueOrThrow();
        var folder = Directory.CreateTempSubdirectory("portal-tests-");
        try
        {
            var template = Path.Combine(folder.FullName, "plain.sbnhtml");
            await File.WriteAllTextAsync(template, "<p>{{ invoice.number }}</p>");
            (await new RunPosting(database, clock).PostAsync(Tenant, run.Id, TemplateSet.Read(template))).ValueOrThrow();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        await using var db = await database.BeginAsync(Tenant.Id);
        foreach (var invoice in await InvoiceRegister.ListAsync(db, run.Id))
            await DocumentStore.KeepAsync(db, invoice.Subject, InvoicePrinting.MediaType, invoice.Number + ".pdf", PdfOf(Tenant, invoice.Number), clock.GetUtcNow());
        await db.CommitAsync();
    }

    async Task InviteAsync(Database database, TimeProvider clock)
    {
        await using var db = await database.BeginAsync(Tenant.Id);
        (await HostNames.AddAsync(db, Host, isPortal: true, clock.GetUtcNow())).ValueOrThrow();
        (await HostNames.AddAsync(db, "office." + Host, isPortal: false, clock.GetUtcNow())).ValueOrThrow();
        await LetInAsync("Olga", "A001", PortalRole.Owner, true, []);
        await LetInAsync("Ben", "A001", PortalRole.Bills, false, []);
        await LetInAsync("Nora", "A001", PortalRole.OwnNumbers, false, [new NumberGrant(services["Extensions"], 441632960012)]);
        await LetInAsync("Pete", "A002", PortalRole.Owner, true, []);
        await LetInAsync("Una", "A003", PortalRole.Owner, true, []);
        await db.CommitAsync();

        async Task LetInAsync(string name, string account, string role, bool seesAll, IReadOnlyList<NumberGrant> numbers)
        {
            var person = People[name] = (await Tenancy.Users.People.AddAsync(db, PersonKind.Customer, $"{name}@{account}.example", name, Role.Customer, accounts[account].Value, clock.GetUtcNow())).ValueOrThrow();
            (await GrantBook.GrantAsync(db, new PortalGrant(person.Value, accounts[account], null, role, seesAll, numbers, 1), clock.GetUtcNow())).ValueOrThrow();
            Cookies[name] = "cid=" + await Sessions.BeginAsync(db, person, true, "127.0.0.1", "tests", clock.GetUtcNow());
        }
    }
}
