using System.Globalization;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Plugins.UkPrerated;
using Billing.Tenancy.Data;
using Billing.Usage.CarrierCharges;
using Billing.Usage.Import;
using Billing.Usage.Mapping;

namespace Billing.Invoicing.Tests.CarrierCharges;

/// <summary>A tenant whose carrier sends files of recurring charges.</summary>
internal sealed class ChargeBooks(Books books) : IAsyncDisposable
{
    public const ulong First = 441632960001;
    public const ulong Second = 441632960002;

    public Books Books => books;

    public static async Task<ChargeBooks> OpenAsync()
    {
        var books = await Books.OpenAsync();
        await using var db = await books.BeginAsync();
        (await DescribedCarriers.SaveAsync(db, Plugins(), null, 0, ReadyMappings.All["recurring-eight"])).ValueOrThrow();
        await db.CommitAsync();
        return new ChargeBooks(books);
    }

    public Task<TenantDb> BeginAsync() => books.BeginAsync();

    /// <summary>A line: service, product, days included, amount.</summary>
    public static string Line(string service, string product, string from, string to, decimal amount, int quantity = 1, string currency = "GBP") =>
        string.Create(CultureInfo.InvariantCulture, $"{service},{product},{product} rental,{from},{to},{quantity},{amount},{currency}");

    /// <summary>A line for the whole of March 2026.</summary>
    public static string March(string service, string product, decimal amount) => Line(service, product, "01/03/2026", "31/03/2026", amount);

    public Task<Result<ImportedFile>> ImportAsync(string name, params string[] lines) => ImportAsync(name, FileStatement.None, lines);

    public async Task<Result<ImportedFile>> ImportAsync(string name, FileStatement stated, params string[] lines)
    {
        var text = "Service,Product,Description,From,To,Quantity,Amount,Currency\n" + string.Concat(lines.Select(l => l + "\n"));
        return await new CdrImport(books.Database, Plugins(), books.Clock) { Stated = stated }.ImportAsync(books.Tenant, name, Encoding.UTF8.GetBytes(text), null);
    }

    /// <summary>Every line: file, line, state, account, error.</summary>
    public async Task<IReadOnlyList<CarrierCharge>> LinesAsync()
    {
        await using var db = await BeginAsync();
        return await CarrierChargeList.LoadAsync(db, new ChargeFilter(), "line", false, 0, 1000);
    }

    public async Task<IReadOnlyList<ChargeErrorGroup>> CausesAsync()
    {
        await using var db = await BeginAsync();
        return await ChargeDesk.LoadAsync(db);
    }

    public async Task<T> DoAsync<T>(Func<TenantDb, Task<T>> work)
    {
        await using var db = await BeginAsync();
        var result = await work(db);
        await db.CommitAsync();
        return result;
    }

    public async Task<(AccountId Account, ServiceId Service)> OwnerAsync(string number)
    {
        await using var db = await BeginAsync();
        var account = (await AccountBook.FindAsync(db, number))!.Account.Id;
        return (account, (await ServiceList.FindAsync(db, number, "Line"))!.Value);
    }

    public ValueTask DisposeAsync() => books.DisposeAsync();

    public static CdrFormatCatalog Plugins()
    {
        var plugins = new CdrFormatCatalog();
        plugins.Add(new UkPreratedCdrFormat());
        return plugins;
    }
}
