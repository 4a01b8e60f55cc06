using Billing.Abstractions.Values;
using Billing.Catalog.Allowances;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Rating.Allowances;
using Billing.Tenancy.Data;

namespace Billing.Customers.Allowances;

/// <summary>What an account has that its calls may draw from, and the caps on what it is billed: given, and by its products.</summary>
/// <param name="Grants">Allowances.</param>
/// <param name="Caps">Spend caps.</param>
public sealed record HeldAllowances(IReadOnlyList<AllowanceGrant> Grants, IReadOnlyList<StoredSpendCap> Caps)
{
    /// <summary>The accounts that have, had or will have any. One cheap question: most tenants have few, many have none.</summary>
    public static Task<IReadOnlySet<AccountId>> HoldersAsync(TenantDb db, CancellationToken cancellationToken = default) => HoldersAsync(db, null, cancellationToken);

    /// <summary>Those of some accounts that do; null asks of all.</summary>
    public static async Task<IReadOnlySet<AccountId>> HoldersAsync(TenantDb db, IReadOnlyCollection<AccountId>? accounts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var ids = accounts?.Select(account => account.Value).ToArray();
        return (await db.QueryAsync($"""
            select account_id from (
                select account_id from customers.given_allowance union select account_id from customers.spend_cap
                union select s.account_id from catalog.product_allowance p join customers.subscription s using (tenant_id, product_id)) h
            where {ids}::bigint[] is null or account_id = any({ids}::bigint[])
            """, row => new AccountId(row.Long(0)), cancellationToken)).ToHashSet();
    }

    /// <summary>Whether one account is among them.</summary>
    public static Task<bool> IsHolderAsync(TenantDb db, AccountId account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ScalarAsync<bool>($"""
            select exists (select from customers.given_allowance where account_id = {account.Value}) or exists (select from customers.spend_cap where account_id = {account.Value})
                or exists (select from customers.subscription s join catalog.product_allowance p using (tenant_id, product_id) where s.account_id = {account.Value})
            """, cancellationToken);
    }

    /// <summary>
    /// Keeps everybody else from drawing for some accounts, or posting their invoices, until the transaction ends. Row locks, in one order: any number
    /// of accounts may be locked, and nobody waits crosswise.
    /// </summary>
    public static Task LockAsync(TenantDb db, IReadOnlyCollection<AccountId> accounts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.QueryAsync($"select account_id from customers.account where account_id = any({accounts.Select(account => account.Value).ToArray()}) order by account_id for no key update", row => row.Long(0), cancellationToken);
    }

    /// <summary>What some accounts hold, on whatever days.</summary>
    public static async Task<IReadOnlyDictionary<AccountId, HeldAllowances>> LoadAsync(TenantDb db, IReadOnlyCollection<AccountId> accounts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(accounts);
        var ids = accounts.Select(account => account.Value).ToArray();
        var allowances = (await AllowanceBook.LoadAsync(db, cancellationToken)).ToDictionary(stored => stored.Id, stored => stored.Allowance);
        var given = await GivenAllowanceBook.LoadAsync(db, accounts, cancellationToken);
        var caps = (await SpendCapBook.LoadAsync(db, accounts, cancellationToken)).ToLookup(cap => cap.Cap.Account);
        var slices = await db.QueryAsync($"""
            select s.account_id, s.subscription_id, s.follows_id, s.service_id, s.quantity, s.anchor_day, lower(s.valid), upper(s.valid), p.allowance_id, lower(p.valid), upper(p.valid)
            from customers.subscription s left join catalog.product_allowance p using (tenant_id, product_id)
            where s.account_id = any({ids}) and (p.allowance_id is not null or s.follows_id is not null) order by s.subscription_id
            """,
            row => new Slice(new AccountId(row.Long(0)), row.Long(1), row.Maybe<long?>(2), row.Maybe<long?>(3), row.Decimal(4), row.Int(5), new DateInterval(row.Date(6), row.Maybe<DateOnly?>(7)),
                row.Maybe<long?>(8), row.IsNull(9) ? default : new DateInterval(row.Date(9), row.Maybe<DateOnly?>(10))), cancellationToken);
        var sites = (await db.QueryAsync($"select service_id, site_id from customers.service where account_id = any({ids})", row => (Service: row.Long(0), Site: row.Maybe<long?>(1)), cancellationToken))
            .ToDictionary(s => s.Service, s => s.Site);
        var grants = given.Select(g => (g.Given.Account, Grant: new AllowanceGrant(GrantSource.Given, g.Id, g.Given.Allowance.Value, allowances[g.Given.Allowance], [new GrantSlice(g.Given.Valid, g.Given.Quantity)],
                g.Given.AnchorDay, g.Given.Service?.Value, SiteOf(g.Given.Service?.Value))))
            .Concat(Included(slices, allowances, SiteOf)).ToLookup(g => g.Account, g => g.Grant);
        return accounts.Distinct().ToDictionary(account => account, account => new HeldAllowances([.. grants[account]], [.. caps[account]]));

        long? SiteOf(long? service) => service is { } id ? sites.GetValueOrDefault(id) : null;
    }

    /// <summary>The caps as the drawing wants them.</summary>
    public IReadOnlyList<SpendCap> SpendCaps =>
        [.. Caps.Select(stored => new SpendCap(stored.Id, stored.Cap.Limit, stored.Cap.Covers, stored.Cap.Service?.Value, stored.Cap.AnchorDay, stored.Cap.Valid, [.. stored.Consents.Select(consent => consent.Days)]))];

    private sealed record Slice(AccountId Account, long Id, long? Follows, long? Service, decimal Quantity, int AnchorDay, DateInterval Valid, long? Allowance, DateInterval Included);

    // A recurring charge whose price or quantity changed is a chain of slices, and one grant: its pool goes on through the change.
    private static IEnumerable<(AccountId Account, AllowanceGrant Grant)> Included(List<Slice> slices, Dictionary<AllowanceId, Allowance> allowances, Func<long?, long?> siteOf)
    {
        var follows = slices.Where(s => s.Follows is not null).DistinctBy(s => s.Id).ToDictionary(s => s.Id, s => s.Follows!.Value);
        foreach (var chain in slices.Where(s => s.Allowance is not null).GroupBy(s => (Root: RootOf(s.Id), Allowance: s.Allowance!.Value)))
        {
            var held = chain.Select(s => (Days: s.Valid.Intersect(s.Included), s.Quantity)).Where(s => s.Days is { IsEmpty: false }).Select(s => new GrantSlice(s.Days!.Value, s.Quantity))
                .OrderBy(s => s.Valid.From).ToList();
            if (held.Count == 0) continue;
            var first = chain.First();
            yield return (first.Account, new AllowanceGrant(GrantSource.Product, chain.Key.Root, chain.Key.Allowance, allowances[new AllowanceId(chain.Key.Allowance)], held, first.AnchorDay, first.Service, siteOf(first.Service)));
        }

        long RootOf(long id)
        {
            while (follows.TryGetValue(id, out var before)) id = before;
            return id;
        }
    }
}
