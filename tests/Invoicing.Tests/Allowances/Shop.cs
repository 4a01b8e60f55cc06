using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Catalog.Allowances;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Customers.Services;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Rating.Allowances;
using Billing.Rating.RateCards;
using Billing.Usage.Allowances;

namespace Billing.Invoicing.Tests.Allowances;

/// <summary>Books with a tariff of 6p a minute, and ways to give allowances.</summary>
internal static class Shop
{
    public const ulong First = 441632960001;
    public const ulong Second = 441632960002;
    public const ulong Third = 441632960003;

    public static readonly DateInterval Ever = new(new(2026, 1, 1), null);
    public static readonly BillingRunFields April = new(new(2026, 5, 1), new(2026, 4, 30), null, null);
    public static readonly BillingRunFields May = new(new(2026, 6, 1), new(2026, 5, 31), null, null);

    public static async Task<Books> OpenAsync()
    {
        var books = await Books.OpenAsync();
        await using var db = await books.BeginAsync();
        await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, """
            { "formatVersion": 1, "name": "Six pence", "currency": "GBP", "timeZone": "Europe/London",
              "rounding": { "mode": "up", "unit": "0.0001", "level": "call" },
              "defaults": { "interval": { "first": 1, "next": 1 } },
              "rates": [ { "prefix": "44", "destination": "UK landline", "perMinute": "0.06" }, { "prefix": "443", "destination": "UK 03", "perMinute": "0.06" },
                         { "prefix": "33", "destination": "France", "perMinute": "0.40", "connection": "0.05" }, { "prefix": "44808", "destination": "Freephone", "free": true } ] }
            """, books.Clock.GetUtcNow());
        await db.CommitAsync();
        return books;
    }

    /// <summary>An account without any rental, so that its bills are its calls; each number a service of its own.</summary>
    public static async Task<AccountId> CustomerAsync(this Books books, string number, params ulong[] digits)
    {
        await using var db = await books.BeginAsync();
        var account = await AccountList.AddAsync(db, new NewAccount(number, "Account " + number, null, new(2020, 1, 1)));
        for (var i = 0; i < digits.Length; i++)
            await ServiceList.AssignNumbersAsync(db, await ServiceList.AddAsync(db, account, $"Line {i + 1}", null), Books.Number(digits[i]), Books.Number(digits[i]), new DateInterval(new(2020, 1, 1), null));
        await db.CommitAsync();
        return account;
    }

    public static Allowance Minutes(int minutes, AllowancePool pool = AllowancePool.Account, CrossingPolicy crossing = CrossingPolicy.Split) =>
        new($"{minutes} minutes", [new AllowanceLimit(AllowanceMeasure.Seconds, minutes * 60)], new Coverage([CdrKind.Voice], ["UK landline"], []), pool, crossing, false, false, null, PartPeriod.Prorated);

    public static async Task<AllowanceId> DefineAsync(this Books books, string code, Allowance allowance)
    {
        await using var db = await books.BeginAsync();
        var id = (await AllowanceBook.AddAsync(db, code, allowance)).ValueOrThrow();
        await db.CommitAsync();
        return id;
    }

    public static async Task GiveAsync(this Books books, AccountId account, Allowance allowance, DateInterval? valid = null, int anchor = 1)
    {
        var id = await books.DefineAsync(Guid.NewGuid().ToString("n"), allowance);
        await using var db = await books.BeginAsync();
        (await GivenAllowanceBook.GiveAsync(db, new GivenAllowance(account, null, id, 1, anchor, valid ?? Ever))).ValueOrThrow();
        await AllowanceDraws.RedrawAsync(db, books.Tenant, account);
        await db.CommitAsync();
    }

    public static async Task<long> CapAsync(this Books books, AccountId account, decimal limit)
    {
        await using var db = await books.BeginAsync();
        var id = (await SpendCapBook.SetAsync(db, new AccountSpendCap(account, null, "Mobile limit", limit, Coverage.All, 1, Ever))).ValueOrThrow();
        await AllowanceDraws.RedrawAsync(db, books.Tenant, account);
        await db.CommitAsync();
        return id;
    }

    /// <summary>Charge and state of every call, by file and line.</summary>
    public static async Task<IReadOnlyList<(decimal? Charge, string State)>> CallsAsync(this Books books)
    {
        await using var db = await books.BeginAsync();
        return await db.QueryAsync($"select charge, state from usage.call order by file_id, line", row => (row.Maybe<decimal?>(0), row.Text(1)));
    }

    /// <summary>What every call drew, told by the record and not by the file it came in.</summary>
    public static async Task<string> DrawsAsync(this Books books)
    {
        await using var db = await books.BeginAsync();
        return string.Join('\n', await db.QueryAsync($"""
            select concat_ws(' ', c.started_at, c.caller, c.called, c.charge, c.state, d.part, d.source, d.pool, d.owner_id, d.period, d.used, d.seconds, d.money, d.amount, d.is_settled)
            from usage.call c left join usage.draw d using (tenant_id, file_id, line) where c.state <> 'duplicate' order by c.started_at, c.record_key, d.part
            """, row => row.Text(0)));
    }

    public static async Task<AccountPools> PoolsAsync(this Books books, AccountId account, DateOnly day)
    {
        await using var db = await books.BeginAsync();
        return await AccountPools.LoadAsync(db, account, new DateInterval(day, day.AddDays(1)), null);
    }

    public static async Task<InvoiceDocument> DocumentAsync(this Books books, string accountNumber)
    {
        var issued = (await books.InvoicesAsync()).Last(invoice => invoice.AccountNumber == accountNumber);
        await using var db = await books.BeginAsync();
        return (await InvoiceRegister.FindAsync(db, issued.Number))!.Document;
    }

    public static async Task<Product> SellAsync(this Books books, AccountId account, ulong? service, AllowanceId allowance, decimal quantity, DateOnly from)
    {
        await using var db = await books.BeginAsync();
        var terms = new RecurringTerms(1, BillingTime.Arrears, ProrationBasis.Actual);
        var product = new Product("BUNDLE", "Minutes", 5m, terms, "standard", "4020");
        var id = (await ProductList.LoadAsync(db)).FirstOrDefault(p => p.Value.Code == "BUNDLE").Key;
        if (id.Value == 0)
        {
            id = await ProductList.AddAsync(db, product);
            (await AllowanceBook.IncludeAsync(db, id, allowance, new(2026, 1, 1))).ValueOrThrow();
        }
        await ChargeList.AddAsync(db, new Subscription(default, account, service is null ? null : await ServiceList.FindAsync(db, "B", "Line 1"), id, "Minutes", quantity, 5m, terms, 1, new DateInterval(from, null)));
        await db.CommitAsync();
        return product;
    }
}
