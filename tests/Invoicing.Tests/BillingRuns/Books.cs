using System.Globalization;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Catalog;
using Billing.Catalog.Products;
using Billing.Customers;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Delivery;
using Billing.Delivery.Templates;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Invoices;
using Billing.Invoicing.Verification;
using Billing.Ledger;
using Billing.Plugins.OpenSips;
using Billing.Plugins.UkPrerated;
using Billing.Rating;
using Billing.Rating.RateCards;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Testing;
using Billing.Usage;
using Billing.Usage.Import;
using Npgsql;

namespace Billing.Invoicing.Tests.BillingRuns;

/// <summary>A tenant on a real PostgreSQL, as the restricted role, with the few things a run needs.</summary>
internal sealed class Books : IAsyncDisposable
{
    public static readonly BillingRunFields March = new(new(2026, 4, 1), new(2026, 3, 31), null, null);

    private static readonly Migration[] Migrations =
    [
        .. TenancyModule.Migrations, .. ApiModule.Migrations, .. RatingModule.Migrations, .. CatalogModule.Migrations, .. CustomersModule.Migrations,
        .. UsageModule.Migrations, .. LedgerModule.Migrations, .. DeliveryModule.Migrations, .. InvoicingModule.Migrations,
    ];

    private readonly TestDatabase server;
    private int references;

    private readonly Parts parts;
    private int files;

    private Books(TestDatabase server, Database database, Tenant tenant, Parts parts) => (this.server, Database, Tenant, this.parts) = (server, database, tenant, parts);

    public Database Database { get; }
    public Tenant Tenant { get; }
    public TimeProvider Clock { get; } = new FixedClock();
    public BillingRunBook Runs => new(Database, Clock);
    public RunPosting Posting => new(Database, Clock);
    public TemplateSet Template { get; } = MakeTemplate();

    public static async Task<Books> OpenAsync(Parts parts = Parts.None)
    {
        var server = await new PostgresFixture().CreateDatabaseAsync("billing", async (owner, cancellationToken) =>
            await (await Database.OpenAsync(owner, null, Migrations, cancellationToken)).DisposeAsync());
        var database = await Database.OpenAsync(server.OwnerConnectionString, null, Migrations, CancellationToken.None);
        var tenant = await new TenantDirectory(database).OpenAsync(new NewTenant("test", "Test Telecom", "Test Telecom Ltd", ["1 High Street"], "GB", null, "GB 000 0000 00", "GBP", "Europe/London",
            new Brand(null, "#123456", "#654321", null, null, null, [], null)));
        var books = new Books(server, database, tenant, parts);
        await using var db = await books.BeginAsync();
        await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, """
            { "formatVersion": 1, "name": "Penny a minute", "currency": "GBP", "timeZone": "Europe/London",
              "rounding": { "mode": "up", "unit": "0.001", "level": "call" },
              "defaults": { "interval": { "first": 1, "next": 1 } },
              "rates": [ { "prefix": "44", "destination": "UK", "perMinute": "0.01" }, { "prefix": "44808", "destination": "Freephone", "free": true } ] }
            """, books.Clock.GetUtcNow());
        await db.CommitAsync();
        return books;
    }

    public Task<TenantDb> BeginAsync() => Database.BeginAsync(Tenant.Id);

    public async Task AsOwnerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server.OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>An account with one number and a rental of 10 pounds a month in advance from April on.</summary>
    public async Task<AccountId> AccountAsync(string number, ulong digits, DateInterval? owns = null)
    {
        await using var db = await BeginAsync();
        var account = await AccountList.AddAsync(db, new NewAccount(number, "Account " + number, null, new(2020, 1, 1)));
        var service = await ServiceList.AddAsync(db, account, "Line", null);
        await ServiceList.AssignNumbersAsync(db, service, Number(digits), Number(digits), owns ?? new DateInterval(new(2020, 1, 1), null));
        var product = await ProductList.AddAsync(db, new Product("LINE", "Line", 10m, new RecurringTerms(1, BillingTime.Advance, ProrationBasis.Actual), "standard", "4010"));
        await ChargeList.AddAsync(db, new Subscription(default, account, service, product, "Line rental", 1, 10m, new RecurringTerms(1, BillingTime.Advance, ProrationBasis.Actual), 1, new DateInterval(new(2026, 4, 1), null)));
        await db.CommitAsync();
        return account;
    }

    /// <summary>A line of the 8-column file; the start is local, the file has the end.</summary>
    public string Call(ulong from, string startedAt, int seconds, string to = "442079460000")
    {
        var culture = CultureInfo.InvariantCulture;
        var end = DateTime.ParseExact(startedAt, "yyyy-MM-dd HH:mm:ss", culture).AddSeconds(seconds);
        return string.Create(culture, $"{from},{to},{end:dd/MM/yyyy},{end:HH:mm:ss},{seconds},0.01,REF{++references:00000},GBP");
    }

    public Task<Result<ImportedFile>> ImportAsync(string name, params string[] lines) => ImportAsync(name, FileStatement.None, lines);

    /// <summary>A file of which somebody says what it is.</summary>
    public async Task<Result<ImportedFile>> ImportAsync(string name, FileStatement stated, params string[] lines)
    {
        var formats = new CdrFormatCatalog();
        formats.Add(new UkPreratedCdrFormat());
        var text = "caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n" + string.Concat(lines.Select(l => l + "\n"));
        return await new CdrImport(Database, formats, Clock) { Stated = stated, OwnPartFrom = OwnPartFrom() }.ImportAsync(Tenant, name, Encoding.UTF8.GetBytes(text), null);
    }

    private long OwnPartFrom() => parts == Parts.All || (parts == Parts.EveryOther && files++ % 2 == 0) ? 0 : CdrImport.BigFrom;

    /// <summary>A file of any format.</summary>
    public async Task<Result<ImportedFile>> ImportTextAsync(string name, string text)
    {
        var formats = new CdrFormatCatalog();
        formats.Add(new UkPreratedCdrFormat());
        formats.Add(new OpenSipsAccFormat(CdrSettings.Default with { Numbers = NumberRules.Uk }));
        return await new CdrImport(Database, formats, Clock) { OwnPartFrom = OwnPartFrom() }.ImportAsync(Tenant, name, Encoding.UTF8.GetBytes(text), null);
    }

    /// <summary>From open to requested.</summary>
    public async Task<BillingRun> RequestAsync(BillingRunFields fields)
    {
        var run = (await Runs.OpenAsync(Tenant, fields)).ValueOrThrow();
        var draft = (await Runs.DraftAsync(Tenant, run.Id)).ValueOrThrow();
        foreach (var gate in RunGate.All) await Runs.ConfirmAsync(Tenant, run.Id, gate, "Tester");
        return (await Runs.RequestAsync(Tenant, run.Id, draft.Hash)).ValueOrThrow();
    }

    public async Task<PostingOutcome> BillAsync(BillingRunFields fields) =>
        (await Posting.PostAsync(Tenant, (await RequestAsync(fields)).Id, Template)).ValueOrThrow();

    public async Task<IReadOnlyList<IssuedInvoice>> InvoicesAsync()
    {
        await using var db = await BeginAsync();
        return await InvoiceRegister.ListAsync(db, null);
    }

    /// <summary>Everything but the PDFs, which these tests do not print.</summary>
    public async Task ShouldAddUpAsync()
    {
        await using var db = await BeginAsync();
        (await BooksCheck.RunAsync(db)).Where(f => f.Code != "verify.no-pdf").ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await server.DisposeAsync();
    }

    public static E164Number Number(ulong digits) => E164Number.TryCreate(digits, out var number) ? number : throw new ArgumentOutOfRangeException(nameof(digits));

    private static TemplateSet MakeTemplate()
    {
        var folder = Directory.CreateTempSubdirectory("billing-template-").FullName;
        File.WriteAllText(Path.Combine(folder, "plain.sbnhtml"), "<p>{{ invoice.number }}</p>");
        return TemplateSet.Read(Path.Combine(folder, "plain.sbnhtml"));
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 4, 1, 8, 0, 0, TimeSpan.Zero);
    }
}
