using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Tenancy.Data;

namespace Billing.Customers.Services;

/// <summary>A tenant's recurring and one-off charges.</summary>
public static class ChargeList
{
    /// <summary>Adds a recurring charge.</summary>
    public static async Task<SubscriptionId> AddAsync(TenantDb db, Subscription subscription, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(subscription);
        var (terms, valid) = (subscription.Terms, subscription.Valid);
        return new SubscriptionId(await db.ScalarAsync<long>($"""
            insert into customers.subscription (account_id, service_id, product_id, description, quantity, price, every_months, billing, basis, anchor_day, valid)
            values ({subscription.Account.Value}, {subscription.Service?.Value}, {subscription.Product.Value}, {subscription.Description}, {subscription.Quantity},
                    {subscription.Price}, {terms.EveryMonths}, {RecurringTerms.TextOf(terms.Billing)}, {RecurringTerms.TextOf(terms.Basis)},
                    {subscription.AnchorDay}, daterange({valid.From}, {valid.To}))
            returning subscription_id
            """, cancellationToken));
    }

    /// <summary>Adds a one-off charge or credit.</summary>
    public static Task AddAsync(TenantDb db, OneOffCharge charge, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(charge);
        return db.ExecuteAsync($"""
            insert into customers.one_off_charge (account_id, service_id, product_id, description, amount, charge_on)
            values ({charge.Account.Value}, {charge.Service?.Value}, {charge.Product.Value}, {charge.Description}, {charge.Amount}, {charge.ChargeOn})
            """, cancellationToken);
    }

    /// <summary>Recurring charges, of some accounts or (null) of all, in the order they were added.</summary>
    public static async Task<IReadOnlyList<Subscription>> LoadSubscriptionsAsync(TenantDb db, IReadOnlyCollection<AccountId>? accounts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var ids = accounts?.Select(account => account.Value).ToArray();
        return await db.QueryAsync($"""
            select subscription_id, account_id, service_id, product_id, description, quantity, price, every_months, billing, basis, anchor_day, lower(valid), upper(valid)
            from customers.subscription
            where {ids}::bigint[] is null or account_id = any({ids}::bigint[])
            order by subscription_id
            """,
            row => new Subscription(new SubscriptionId(row.Long(0)), new AccountId(row.Long(1)), row.Maybe<long?>(2) is { } service ? new ServiceId(service) : null,
                new ProductId(row.Long(3)), row.Text(4), row.Decimal(5), row.Decimal(6), RecurringTerms.Read(row.Int(7), row.Text(8), row.Text(9)), row.Int(10),
                new DateInterval(row.Date(11), row.Maybe<DateOnly?>(12))),
            cancellationToken);
    }

    /// <summary>One-off charges of some accounts that are due by a day (included), billed or not.</summary>
    public static async Task<IReadOnlyList<OneOffCharge>> LoadOneOffsAsync(TenantDb db, IReadOnlyCollection<AccountId> accounts, DateOnly through, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(accounts);
        var ids = accounts.Select(account => account.Value).ToArray();
        return await db.QueryAsync($"""
            select charge_id, account_id, service_id, product_id, description, amount, charge_on
            from customers.one_off_charge
            where charge_on <= {through} and account_id = any({ids})
            order by charge_on, charge_id
            """,
            row => new OneOffCharge(row.Long(0), new AccountId(row.Long(1)), row.Maybe<long?>(2) is { } service ? new ServiceId(service) : null,
                new ProductId(row.Long(3)), row.Text(4), row.Decimal(5), row.Date(6)),
            cancellationToken);
    }
}
