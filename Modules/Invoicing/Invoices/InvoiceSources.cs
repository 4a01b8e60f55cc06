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

    public static async Task<InvoiceSources> LoadAsync(
        TenantDb db, Tenant tenant, BillingRunFields run, Account account, IReadOnlyDictionary<ProductId, Product> products, bool hasAllowances, CancellationToken cancellationToken)
    {
        var labels = await db.QueryAsync($"select service_id, label from customers.service where account_id = {account.Id.Value}",
            row => (Id: new ServiceId(row.Long(0)), Label: row.Text(1)), cancellationToken);
        var charged = await db.QueryAsync($"""
            select s.subscription_id, max(upper(s.period)) from invoicing.recurring_slice s join invoicing.invoice i using (tenant_id, invoice_id)
            where i.account_id = {account.Id.Value} group by s.subscription_id
            """, row => (Id: new SubscriptionId(row.Long(0)), To: row.Date(1)), cancellationToken);
        var claimed = (await db.QueryAsync($"""
            select c.charge_id from invoicing.one_off_claim c join invoicing.invoice i using (tenant_id, invoice_id) where i.account_id = {account.Id.Value}
            """, row => row.Long(0), cancellationToken)).ToHashSet();
        var oneOffs = await ChargeList.LoadOneOffsAsync(db, account.Id, run.CutoffOn, cancellationToken);
        return new InvoiceSources(
            tenant, run, account, products,
            labels.ToDictionary(l => l.Id, l => l.Label),
            await ChargeList.LoadSubscriptionsAsync(db, account.Id, cancellationToken),
            charged.ToDictionary(c => c.Id, c => c.To),
            [.. oneOffs.Where(o => !claimed.Contains(o.Id))],
            await UnbilledUsage.LoadAsync(db, account.Id, CutoffOf(tenant, run), cancellationToken),
            !hasAllowances ? AccountPools.None : await AccountPools.LoadAsync(db, account.Id, new DateInterval(run.UsageFrom, run.CutoffOn.AddDays(1)), CutoffOf(tenant, run), cancellationToken));
    }
}
