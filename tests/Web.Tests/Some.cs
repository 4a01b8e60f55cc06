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
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.CarrierCharges;
using Billing.Usage.Import;
using Billing.Usage.Mapping;

namespace Billing.Web.Tests;

/// <summary>Makes a small reseller with a billed month, by the modules' own means.</summary>
static class Some
{
    public const string Script = "<script>alert(1)</script> & Sons";
    public const string Formula = "=HYPERLINK(\"http://evil.example\")";
    public const string Accented = "Zoë’s Café";

    static readonly DateOnly Start = new(2026, 10, 1);

    const string Tariff = """
        {
          "formatVersion": 1, "name": "Sample", "currency": "GBP", "timeZone": "Europe/London",
          "rounding": { "mode": "up", "unit": "0.0001", "level": "call" },
          "defaults": { "interval": { "first": 1, "next": 1 } },
          "rates": [
            { "prefix": "44", "destination": "UK <landline>", "perMinute": "0.05" },
            { "prefix": "33", "destination": "France", "perMinute": "0.30" }
          ]
        }
        """;

    // Four good calls, the last of them again, a number that belongs to nobody, and a line that is none.
    public const string Calls = """
        caller_id,recipient,call_date,end_time,duration,cost,reference,currency
        441632960001,442079460000,05/10/2026,10:01:00,60,0.010,R1,GBP
        441632960002,33140000000,06/10/2026,11:10:00,600,0.900,R2,GBP
        441632960003,442079460000,07/10/2026,12:02:00,120,0.020,R3,GBP
        441632960003,442079460000,08/10/2026,12:02:00,120,0.020,R4,GBP
        441632960003,442079460000,08/10/2026,12:02:00,120,0.020,R4,GBP
        441632960999,442079460000,09/10/2026,12:03:00,180,0.500,R5,GBP
        441632960001,442079460000,<b>when</b>,12:03:00,180,0.500,R6,GBP

        """;

    public static NewTenant Reseller(string slug, string name) => new(
        slug, name, name + " Limited", ["1 High Street"], "GB", null, "GB 000 0000 00", "GBP", "Europe/London",
        new Brand("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><path d=\"M0 0h10v10z\"/></svg>", "#0b4f5c", "#c2571a", null, null, null, [], null));

    public static CdrFormatCatalog Formats()
    {
        var formats = new CdrFormatCatalog();
        formats.Add(new UkPreratedCdrFormat());
        return formats;
    }

    /// <summary>Opens a tenant and bills its October to accounts of the given names, A001 and so on; the last one is in credit and gets parked.</summary>
    public static async Task<Tenant> BilledTenantAsync(Database database, TimeProvider clock, NewTenant reseller, params string[] names)
    {
        var tenant = await OpenTenantAsync(database, clock, reseller, names);
        (await new CdrImport(database, Formats(), clock).ImportAsync(tenant, "october_cdr.csv", Encoding.UTF8.GetBytes(Calls), null)).ValueOrThrow();
        await BillAsync(database, clock, tenant);
        return tenant;
    }

    /// <summary>The same before anything came in.</summary>
    public static async Task<Tenant> OpenTenantAsync(Database database, TimeProvider clock, NewTenant reseller, params string[] names)
    {
        var tenant = await new TenantDirectory(database).OpenAsync(reseller);
        await using (var db = await database.BeginAsync(tenant.Id))
        {
            await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, Tariff, clock.GetUtcNow());
            var terms = new RecurringTerms(1, BillingTime.Arrears, ProrationBasis.Actual);
            var line = await ProductList.AddAsync(db, new Product("LINE", "Line rental", 12m, terms, "standard", "4100"));
            var credit = await ProductList.AddAsync(db, new Product("CREDIT", "Goodwill", 0m, null, "standard", "4200"));
            for (var i = 1; i <= names.Length; i++)
            {
                var account = await AccountList.AddAsync(db, new NewAccount(string.Create(CultureInfo.InvariantCulture, $"A{i:000}"), names[i - 1], null, Start)
                {
                    Sites = [new Site("Office", [$"{i} Low Street"], true)],
                });
                if (i == names.Length)
                {
                    await ChargeList.AddAsync(db, new OneOffCharge(0, account, null, credit, "Goodwill", -5m, Start));
                    continue;
                }
                var service = await ServiceList.AddAsync(db, account, "Line " + i.ToString(CultureInfo.InvariantCulture), "Office");
                E164Number.TryCreate(441632960000ul + (ulong)i, out var number);
                await ServiceList.AssignNumbersAsync(db, service, number, number, new DateInterval(Start, null));
                await ChargeList.AddAsync(db, new Subscription(default, account, service, line, "Line rental", i, 12m, terms, 1, new DateInterval(Start, null)));
            }
            await db.CommitAsync();
        }
        return tenant;
    }

    public static async Task BillAsync(Database database, TimeProvider clock, Tenant tenant)
    {
        var book = new BillingRunBook(database, clock);
        var run = (await book.OpenAsync(tenant, new BillingRunFields(new(2026, 11, 1), new(2026, 10, 31), new(2026, 11, 15), "Season's <em>greetings</em>"))).ValueOrThrow();
        var draft = (await book.DraftAsync(tenant, run.Id)).ValueOrThrow();
        foreach (var gate in RunGate.All) await book.ConfirmAsync(tenant, run.Id, gate, "Ann O'Clerk");
        (await book.RequestAsync(tenant, run.Id, draft.Hash)).ValueOrThrow();

        var folder = Directory.CreateTempSubdirectory("billing-web-tests-");
        try
        {
            var template = Path.Combine(folder.FullName, "plain.sbnhtml");
            await File.WriteAllTextAsync(template, "<p>{{ invoice.number }}</p>");
            (await new RunPosting(database, clock).PostAsync(tenant, run.Id, TemplateSet.Read(template))).ValueOrThrow();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        // All but the last one are printed.
        await using var db = await database.BeginAsync(tenant.Id);
        foreach (var invoice in (await InvoiceRegister.ListAsync(db, run.Id)).SkipLast(1))
            await DocumentStore.KeepAsync(db, invoice.Subject, InvoicePrinting.MediaType, invoice.Number + ".pdf", PdfOf(tenant, invoice.Number), clock.GetUtcNow());
        await db.CommitAsync();
    }

    /// <summary>A carrier's recurring charges for October: A001's line, a circuit that was given to it by hand, a number that is nobody's, a platform fee, and a line that is none.</summary>
    public const string Rentals = """
        Service,Product,Description,From,To,Quantity,Amount,Currency
        01632960001,WLR,Business line,01/10/2026,31/10/2026,1,10.50,GBP
        01632960001,CARE-4,Care level 4,01/10/2026,31/10/2026,1,2.25,GBP
        LEASED-7,EAD,<b>Ethernet</b>,01/10/2026,31/10/2026,1,150.00,GBP
        01632960998,WLR,Business line,01/10/2026,31/10/2026,1,10.50,GBP
        01632960998,WLR,Business line credit,21/10/2026,31/10/2026,1,-3.73,GBP
        ,PLATFORM,Platform fee,01/10/2026,31/10/2026,1,45.00,GBP
        01632960001,WLR,Business line,yesterday,31/10/2026,1,10.50,GBP

        """;

    /// <summary>Takes them in, after the carrier was described.</summary>
    public static async Task ChargesAsync(Database database, TimeProvider clock, Tenant tenant)
    {
        await using (var db = await database.BeginAsync(tenant.Id))
        {
            (await DescribedCarriers.SaveAsync(db, Formats(), null, 0, ReadyMappings.All["recurring-eight"])).ValueOrThrow();
            await db.CommitAsync();
        }
        (await new CdrImport(database, Formats(), clock).ImportAsync(tenant, "rentals.csv", Encoding.UTF8.GetBytes(Rentals), null)).ValueOrThrow();
        await using var desk = await database.BeginAsync(tenant.Id);
        var leased = (await ChargeDesk.LoadAsync(desk)).Single(c => c.Cause.Subject == "LEASED-7").Cause;
        (await ChargeDesk.AllocateAsync(desk, leased, (await AccountBook.FindAsync(desk, "A001"))!.Account.Id.Value, null, new(2026, 10, 1), clock.GetUtcNow())).ValueOrThrow().Allocated.ShouldBe(1);
        await desk.CommitAsync();
    }

    public static byte[] PdfOf(Tenant tenant, string number) => Encoding.ASCII.GetBytes($"%PDF-1.4\n% {tenant.Slug} {number}\n%%EOF\n");
}
