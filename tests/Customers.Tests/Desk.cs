using Billing.Abstractions.Values;
using Billing.Catalog;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Rating;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Testing;

namespace Billing.Customers.Tests;

/// <summary>A tenant on a real PostgreSQL, as the restricted role, and two people who work on it.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public static readonly Actor Jane = new(ActorKind.Staff, 1, "Jane Hill");
    public static readonly Actor Omar = new(ActorKind.Staff, 2, "Omar Reed");

    private static readonly Migration[] Migrations = [.. TenancyModule.Migrations, .. RatingModule.Migrations, .. CatalogModule.Migrations, .. CustomersModule.Migrations];

    private readonly TestDatabase server;

    private Desk(TestDatabase server, Database database, Tenant tenant) => (this.server, Database, Tenant) = (server, database, tenant);

    public Database Database { get; }

    public Tenant Tenant { get; }

    public Invoices Billed { get; } = new();

    public static async Task<Desk> OpenAsync()
    {
        var server = await new PostgresFixture().CreateDatabaseAsync("customers", async (owner, cancellationToken) =>
            await (await Database.OpenAsync(owner, null, Migrations, cancellationToken)).DisposeAsync());
        var database = await Database.OpenAsync(server.OwnerConnectionString, null, Migrations, CancellationToken.None);
        var tenant = await new TenantDirectory(database).OpenAsync(new NewTenant("test", "Test Telecom", "Test Telecom Ltd", ["1 High Street"], "GB", null, null, "GBP", "Europe/London",
            new Brand(null, "#123456", "#654321", null, null, null, [], null)));
        return new Desk(server, database, tenant);
    }

    /// <summary>One transaction, committed.</summary>
    public async Task<T> DoAsync<T>(Func<TenantDb, Task<T>> work, Actor? actor = null)
    {
        await using var db = await Database.BeginAsync(Tenant.Id, actor ?? Jane);
        var result = await work(db);
        await db.CommitAsync();
        return result;
    }

    /// <summary>Something that is refused, and the refusal.</summary>
    public async Task<Failure> RefusalAsync<T>(Func<TenantDb, Task<Result<T>>> work, Actor? actor = null)
    {
        await using var db = await Database.BeginAsync(Tenant.Id, actor ?? Jane);
        (await work(db)).TryGet(out var value, out var failure).ShouldBeFalse($"it was taken: {value}");
        return failure!;
    }

    public Task<AccountId> AccountAsync(string number) =>
        DoAsync(async db => (await AccountBook.OpenAsync(db, new NewAccount(number, "Account " + number, null, new(2020, 1, 1)))).ValueOrThrow());

    public Task<ServiceId> ServiceAsync(AccountId account, string label) =>
        DoAsync(async db => (await ServiceBook.AddAsync(db, account, new ServiceDetails(label, null, null))).ValueOrThrow());

    public Task<long> AssignAsync(ServiceId service, string first, string last, DateOnly from, DateOnly? to = null) =>
        DoAsync(async db => (await NumberBook.AssignAsync(db, service, Block(first, last), new DateInterval(from, to))).ValueOrThrow());

    public async Task<SubscriptionId> ChargeAsync(AccountId account, DateOnly from, decimal price = 10m)
    {
        var terms = new RecurringTerms(1, BillingTime.Advance, ProrationBasis.Actual);
        return await DoAsync(async db =>
        {
            var product = await ProductList.AddAsync(db, new Product("LINE", "Line", 10m, terms, "standard", "4010"));
            return (await ChargeBook.AddAsync(db, new Subscription(default, account, null, product, "Line rental", 1, price, terms, 1, new DateInterval(from, null)))).ValueOrThrow();
        });
    }

    public static NumberBlock Block(string first, string? last = null) => NumberBlock.Range(Number(first), Number(last ?? first)).ValueOrThrow();

    public static E164Number Number(string text) => NumberText.Parse(text, "GB").ValueOrThrow();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await server.DisposeAsync();
    }

    /// <summary>What is on invoices, as a test says.</summary>
    internal sealed class Invoices : IChargeHistory
    {
        public Dictionary<SubscriptionId, DateOnly> Recurring { get; } = [];

        public Dictionary<long, string> OneOffs { get; } = [];

        public Task<DateOnly?> BilledToAsync(TenantDb db, SubscriptionId charge, CancellationToken cancellationToken) =>
            Task.FromResult(Recurring.TryGetValue(charge, out var to) ? (DateOnly?)to : null);

        public Task<string?> InvoiceOfAsync(TenantDb db, long oneOff, CancellationToken cancellationToken) => Task.FromResult(OneOffs.GetValueOrDefault(oneOff));
    }
}
