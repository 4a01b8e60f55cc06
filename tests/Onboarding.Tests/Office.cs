using System.Text;
using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Catalog;
using Billing.Catalog.Products;
using Billing.Customers;
using Billing.Delivery;
using Billing.Invoicing;
using Billing.Invoicing.Charges;
using Billing.Ledger;
using Billing.Onboarding.Columns;
using Billing.Onboarding.Imports;
using Billing.Onboarding.Kinds;
using Billing.Onboarding.Rows;
using Billing.Rating;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Testing;
using Billing.Usage;

namespace Billing.Onboarding.Tests;

/// <summary>An empty tenant on a real PostgreSQL, and a clerk with files.</summary>
internal sealed class Office : IAsyncDisposable
{
    public static readonly Actor Jane = new(ActorKind.Staff, 1, "Jane Hill");

    private static readonly Migration[] Migrations =
    [
        .. TenancyModule.Migrations, .. ApiModule.Migrations, .. RatingModule.Migrations, .. CatalogModule.Migrations, .. CustomersModule.Migrations,
        .. UsageModule.Migrations, .. LedgerModule.Migrations, .. DeliveryModule.Migrations, .. InvoicingModule.Migrations, .. OnboardingModule.Migrations,
    ];

    private readonly TestDatabase server;

    private Office(TestDatabase server, Database database, Tenant tenant) => (this.server, Database, Tenant) = (server, database, tenant);

    public Database Database { get; }

    public Tenant Tenant { get; }

    public DateTimeOffset Now { get; } = new(2026, 4, 1, 8, 0, 0, TimeSpan.Zero);

    public static async Task<Office> OpenAsync()
    {
        var server = await new PostgresFixture().CreateDatabaseAsync("onboarding", async (owner, cancellationToken) =>
            await (await Database.OpenAsync(owner, null, Migrations, cancellationToken)).DisposeAsync());
        var database = await Database.OpenAsync(server.OwnerConnectionString, null, Migrations, CancellationToken.None);
        var tenant = await new TenantDirectory(database).OpenAsync(new NewTenant("test", "Test Telecom", "Test Telecom Ltd", ["1 High Street"], "GB", null, null, "GBP", "Europe/London",
            new Brand(null, "#123456", "#654321", null, null, null, [], null)));
        var office = new Office(server, database, tenant);
        var terms = new RecurringTerms(1, BillingTime.Advance, ProrationBasis.Actual);
        await office.DoAsync(db => ProductList.AddAsync(db, new Product("LINE", "Line rental", 12.5m, terms, "standard", "4010")));
        await office.DoAsync(db => ProductList.AddAsync(db, new Product("BB-FTTP", "Broadband", 38m, terms, "standard", "4011")));
        return office;
    }

    public async Task<T> DoAsync<T>(Func<TenantDb, Task<T>> work)
    {
        await using var db = await Database.BeginAsync(Tenant.Id, Jane);
        var result = await work(db);
        await db.CommitAsync();
        return result;
    }

    public Task<Result<long>> UploadAsync(ImportKind kind, string text, string name = "file.csv") => UploadAsync(kind, Encoding.UTF8.GetBytes(text), name);

    public Task<Result<long>> UploadAsync(ImportKind kind, byte[] content, string name) => DoAsync(db => ImportBook.UploadAsync(db, kind, name, content, Now));

    public Task<ImportPreview> PreviewAsync(long id) => DoAsync(async db => await ImportBook.PreviewAsync(db, Tenant, (await ImportBook.FindAsync(db, id))!, Tenant.DayOf(Now)));

    public Task SetAsync(long id, ImportSettings settings, params string?[]? columns) => DoAsync(async db =>
    {
        var import = (await ImportBook.FindAsync(db, id))!;
        return (await ImportBook.MapAsync(db, import, columns is null or [] ? import.Columns : columns, settings)).ValueOrThrow();
    });

    /// <summary>What the preview of a file says is wrong, as row, column and code.</summary>
    public async Task<IReadOnlyList<(int Row, string Column, string Code)>> FaultsAsync(ImportKind kind, string text, ImportSettings? settings = null)
    {
        var id = (await UploadAsync(kind, text)).ValueOrThrow();
        if (settings is not null) await SetAsync(id, settings);
        return [.. (await PreviewAsync(id)).Plan!.Faults.Select(f => (f.Row, f.Column, f.Code))];
    }

    public async Task<Result<ImportPlan>> ApplyAsync(long id, bool withoutWrongRows = false)
    {
        var seen = (await PreviewAsync(id)).Plan!.Fingerprint;
        await using var db = await Database.BeginAsync(Tenant.Id, Jane);
        var result = await ImportBook.ApplyAsync(db, Tenant, id, seen, withoutWrongRows, Now);
        if (result.IsSuccess) await db.CommitAsync();
        return result;
    }

    /// <summary>From file to records.</summary>
    public async Task<long> ImportAsync(ImportKind kind, string text, ImportSettings? settings = null)
    {
        var id = (await UploadAsync(kind, text)).ValueOrThrow();
        if (settings is not null) await SetAsync(id, settings);
        (await ApplyAsync(id)).ValueOrThrow();
        return id;
    }

    public async Task<IReadOnlyList<Failure>> UndoAsync(long id)
    {
        await using var db = await Database.BeginAsync(Tenant.Id, Jane);
        var reasons = await ImportUndo.RunAsync(db, id, new ChargeHistory(), Now);
        if (reasons.Count == 0) await db.CommitAsync();
        return reasons;
    }

    /// <summary>Rows of the tables that imports write, as one text: equal texts are equal records.</summary>
    public Task<string> RecordsAsync() => DoAsync(db => db.ScalarAsync<string>($"""
        select jsonb_build_array(
            (select jsonb_agg(to_jsonb(a) - 'version' order by account_id) from customers.account a), (select jsonb_agg(to_jsonb(a) - 'version' order by contact_id) from customers.contact a),
            (select jsonb_agg(to_jsonb(a) - 'version' order by site_id) from customers.site a), (select jsonb_agg(to_jsonb(a) - 'version' order by service_id) from customers.service a),
            (select jsonb_agg(to_jsonb(a) - 'version' order by assignment_id) from customers.assignment a), (select jsonb_agg(to_jsonb(a) - 'version' order by subscription_id) from customers.subscription a))::text
        """));

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await server.DisposeAsync();
    }
}
