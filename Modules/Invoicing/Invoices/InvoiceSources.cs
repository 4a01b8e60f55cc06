using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Invoicing.BillingRuns;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.Allowances;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.Invoices;

/// <summary>Everything an account's invoice is computed from, read in one transaction; the computing itself asks nobody.</summary>
internal sealed record InvoiceSources(
    Tenant Tenant,
    BillingRunFields Run,
    Account Account,
    IReadOnlyDictionary<ProductId, Product> Products,
    IReadOnlyDictionary<ServiceId, string> Labels,
    IReadOnlyList<Subscription> Subscriptions,
    IReadOnlyDictionary<SubscriptionId, DateOnly> ChargedTo,
    IReadOnlyList<OneOffCharge> OneOffs,
    IReadOnlyList<BillableCall> Calls,
    AccountPools Pools)
{
    /// <summary>Midnight after the cutoff date on the tenant's clock: the first instant that is not billed (decision D1).</summary>
    public static DateTimeOffset CutoffOf(Tenant tenant, BillingRunFields run) => tenant.StartOf(run.CutoffOn.AddDays(1));

    /// <summary>Those of several accounts, in a handful of questions for all of them.</summary>
    /// <param name="db">The transaction that they are read in.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="run">The run's dates.</param>
    /// <param name="accounts">The accounts; what is given back is in their order.</param>
    /// <param name="products">All products.</param>
    /// <param name="holders">Accounts that have allowances or caps.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<InvoiceSources>> LoadAsync(
        TenantDb db, Tenant tenant, BillingRunFields run, IReadOnlyList<Account> accounts, IReadOnlyDictionary<ProductId, Product> products, IReadOnlySet<AccountId> holders, CancellationToken cancellationToken)
    {
        List<AccountId> ids = [.. accounts.Select(account => account.Id)];
        var keys = ids.Select(id => id.Value).ToArray();
        var labels = (await db.QueryAsync($"select account_id, service_id, label from customers.service where account_id = any({keys})",
            row => (Account: new AccountId(row.Long(0)), Id: new ServiceId(row.Long(1)), Label: row.Text(2)), cancellationToken)).ToLookup(l => l.Account);
        var subscriptions = (await ChargeList.LoadSubscriptionsAsync(db, ids, cancellationToken)).ToLookup(subscription => subscription.Account);
        var charged = (await db.QueryAsync($"""
            select subscription_id, max(upper(period)) from invoicing.recurring_slice where subscription_id = any({subscriptions.SelectMany(its => its).Select(its => its.Id.Value).ToArray()}) group by subscription_id
            """, row => (Id: new SubscriptionId(row.Long(0)), To: row.Date(1)), cancellationToken)).ToDictionary(c => c.Id, c => c.To);
        var due = await ChargeList.LoadOneOffsAsync(db, ids, run.CutoffOn, cancellationToken);
        var claimed = (await db.QueryAsync($"select charge_id from invoicing.one_off_claim where charge_id = any({due.Select(charge => charge.Id).ToArray()})", row => row.Long(0), cancellationToken)).ToHashSet();
        var oneOffs = due.Where(charge => !claimed.Contains(charge.Id)).ToLookup(charge => charge.Account);
        var calls = await UnbilledUsage.LoadAsync(db, ids, CutoffOf(tenant, run), cancellationToken);
        var pools = new Dictionary<AccountId, AccountPools>();
        foreach (var holder in ids.Where(holders.Contains))
            pools[holder] = await AccountPools.LoadAsync(db, holder, new DateInterval(run.UsageFrom, run.CutoffOn.AddDays(1)), CutoffOf(tenant, run), cancellationToken);
        return
        [
            .. accounts.Select(account => new InvoiceSources(
                tenant, run, account, products,
                labels[account.Id].ToDictionary(l => l.Id, l => l.Label),
                [.. subscriptions[account.Id]],
                charged,
                [.. oneOffs[account.Id]],
                [.. calls[account.Id]],
                pools.GetValueOrDefault(account.Id, AccountPools.None))),
        ];
    }
}
