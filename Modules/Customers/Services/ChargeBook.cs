using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Records;

namespace Billing.Customers.Services;

/// <summary>
/// Recurring and one-off charges as people keep them. What is on an invoice stays as it was: another price or quantity is a new slice from a day
/// (P8), and a day that was charged can't be taken back here, only credited.
/// </summary>
public static class ChargeBook
{
    /// <summary>Code of what is on an invoice already.</summary>
    public const string Billed = "records.billed";

    /// <summary>The recurring charges of an account, or of all, by their first day.</summary>
    public static async Task<IReadOnlyList<StoredCharge>> LoadAsync(TenantDb db, AccountId? account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select subscription_id, account_id, service_id, product_id, description, quantity, price, every_months, billing, basis, anchor_day, lower(valid), upper(valid), follows_id, version
            from customers.subscription
            where {account?.Value}::bigint is null or account_id = {account?.Value}::bigint
            order by lower(valid), subscription_id
            """, Read, cancellationToken);
    }

    /// <summary>The one-off charges and credits of an account, billed or not, the newest first.</summary>
    public static async Task<IReadOnlyList<StoredOneOff>> LoadOneOffsAsync(TenantDb db, AccountId? account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select charge_id, account_id, service_id, product_id, description, amount, charge_on, version from customers.one_off_charge
            where {account?.Value}::bigint is null or account_id = {account?.Value}::bigint
            order by charge_on desc, charge_id desc
            """,
            row => new StoredOneOff(new OneOffCharge(row.Long(0), new AccountId(row.Long(1)), row.Maybe<long?>(2) is { } service ? new ServiceId(service) : null,
                new ProductId(row.Long(3)), row.Text(4), row.Decimal(5), row.Date(6)), row.Int(7)), cancellationToken);
    }

    /// <summary>Recurring products that can be given to an account: those on the price list.</summary>
    public static async Task<IReadOnlyList<StoredProduct>> SoldAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return [.. (await ProductBook.LoadAsync(db, cancellationToken)).Where(product => product.Product.Terms is not null && product.RetiredOn is null)];
    }

    /// <summary>A recurring charge as somebody asks for it; what they do not say is as on the price list, one of it, from the first of a month.</summary>
    /// <param name="account">Who pays.</param>
    /// <param name="service">What it is for; null for the account as a whole.</param>
    /// <param name="product">A recurring product.</param>
    /// <param name="description">As printed; blank for the product's name.</param>
    /// <param name="quantity">How many; null for one.</param>
    /// <param name="price">Of one for one period; null for the list's.</param>
    /// <param name="anchorDay">Day of the month a period begins on; null for the first.</param>
    /// <param name="valid">The days it is had.</param>
    public static Subscription Of(AccountId account, ServiceId? service, StoredProduct product, string? description, decimal? quantity, decimal? price, int? anchorDay, DateInterval valid)
    {
        ArgumentNullException.ThrowIfNull(product);
        return new Subscription(default, account, service, product.Id, string.IsNullOrWhiteSpace(description) ? product.Product.Name : description.Trim(), quantity ?? 1, price ?? product.Product.Price,
            product.Product.Terms ?? throw new ArgumentException("The product does not recur.", nameof(product)), anchorDay ?? 1, valid);
    }

    /// <summary>Everything that is wrong with a recurring charge by itself, each with its field.</summary>
    public static IReadOnlyList<Failure> Check(Subscription charge)
    {
        ArgumentNullException.ThrowIfNull(charge);
        return new FieldChecks()
            .Text("description", "The description", charge.Description, 200, isRequired: true)
            .That(charge.Quantity > 0, "records.bad-quantity", "quantity", "The quantity must be more than zero. To stop charging, end the charge.")
            .That(charge.Quantity < 1_000_000m && decimal.Truncate(charge.Quantity * 1000m) == charge.Quantity * 1000m, "records.bad-quantity", "quantity", "The quantity has at most three decimals and is under a million.")
            .Amount("price", "The price", charge.Price)
            .That(charge.AnchorDay is >= 1 and <= 31, "records.bad-date", "anchorDay", "The day a period begins on is 1 to 31.")
            .That(charge.Terms.EveryMonths is >= 1 and <= 120, "records.bad-terms", "everyMonths", "A period has 1 to 120 months.")
            .That(!charge.Valid.IsEmpty, "records.bad-dates", "to", "The charge ends before its first day is over.")
            .Failures;
    }

    /// <summary>Adds a recurring charge.</summary>
    /// <returns>Its id, or the first thing that is wrong.</returns>
    public static async Task<Result<SubscriptionId>> AddAsync(TenantDb db, Subscription charge, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (Check(charge) is [var wrong, ..]) return wrong;
        if (await WhatIsForeignAsync(db, charge.Account, charge.Service, charge.Product, charge.Valid.To, isRecurring: true, cancellationToken) is { } foreign) return foreign;
        return await ChargeList.AddAsync(db, charge, cancellationToken);
    }

    /// <summary>Ends a recurring charge with a day, moves its end, or takes the end away.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="account">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="lastDay">Last day that is charged; null for no end.</param>
    /// <param name="history">What is on invoices.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The new version; <see cref="Billed"/> when later days are on an invoice.</returns>
    public static async Task<Result<int>> EndAsync(
        TenantDb db, AccountId account, SubscriptionId id, int version, DateOnly? lastDay, IChargeHistory history, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (await FindAsync(db, account, id, version, cancellationToken) is not { } found) return await StaleAsync(db, id, cancellationToken);
        var end = lastDay?.AddDays(1);
        if (end <= found.Charge.Valid.From) return Dates($"The charge began on {Day(found.Charge.Valid.From)}; its last day can't be before that. Remove it if it was a mistake.", "lastDay");
        if (await history.BilledToAsync(db, id, cancellationToken) is { } billedTo && end < billedTo)
            return new Failure(Billed, $"It is on an invoice up to and including {Day(billedTo.AddDays(-1))}. End it on that day or later, and credit what was charged too much as a one-off credit.") { Field = "lastDay" };
        if (await db.ScalarAsync<bool>($"select exists (select from customers.subscription where follows_id = {id.Value})", cancellationToken))
            return Dates("Another price or quantity follows this one. Change the one that follows.", "lastDay");
        if (await WhatIsForeignAsync(db, account, null, null, end, isRecurring: true, cancellationToken) is { } foreign) return foreign with { Field = "lastDay" };
        await db.ExecuteAsync($"update customers.subscription set valid = daterange({found.Charge.Valid.From}, {end}), version = version + 1 where subscription_id = {id.Value}", cancellationToken);
        return version + 1;
    }

    /// <summary>Changes price, quantity or description from a day on: the slice ends there and a new one follows.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="account">Whose.</param>
    /// <param name="id">The slice.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="from">First day of the new price or quantity.</param>
    /// <param name="quantity">The new quantity.</param>
    /// <param name="price">The new price of one.</param>
    /// <param name="description">As printed from then on.</param>
    /// <param name="history">What is on invoices.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The slice that holds from that day on; <see cref="Billed"/> when that day is on an invoice.</returns>
    public static async Task<Result<SubscriptionId>> ChangeAsync(
        TenantDb db, AccountId account, SubscriptionId id, int version, DateOnly from, decimal quantity, decimal price, string description, IChargeHistory history, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (await FindAsync(db, account, id, version, cancellationToken) is not { } found) return await StaleAsync(db, id, cancellationToken);
        var old = found.Charge;
        var changed = old with { Quantity = quantity, Price = price, Description = description };
        if (Check(changed) is [var wrong, ..]) return wrong;
        if (from < old.Valid.From || from >= old.Valid.To)
            return Dates($"This slice of the charge runs from {Day(old.Valid.From)}{(old.Valid.To is { } to ? $" up to and including {Day(to.AddDays(-1))}" : "")}. Choose a day within it.", "from");
        if (await history.BilledToAsync(db, id, cancellationToken) is { } billedTo && from < billedTo)
            return new Failure(Billed, $"It is on an invoice up to and including {Day(billedTo.AddDays(-1))}. Change it from {Day(billedTo)} or later, and put the difference for earlier days in a one-off charge or credit.") { Field = "from" };

        if (from == old.Valid.From)
        {
            await db.ExecuteAsync($"update customers.subscription set quantity = {quantity}, price = {price}, description = {description}, version = version + 1 where subscription_id = {id.Value}", cancellationToken);
            return id;
        }
        await db.ExecuteAsync($"update customers.subscription set valid = daterange({old.Valid.From}, {from}), version = version + 1 where subscription_id = {id.Value}", cancellationToken);
        var slice = await ChargeList.AddAsync(db, changed with { Valid = new DateInterval(from, old.Valid.To) }, cancellationToken);
        // A slice that already had a follower keeps it at its own end.
        await db.ExecuteAsync($"update customers.subscription set follows_id = {slice.Value} where follows_id = {id.Value}", cancellationToken);
        await db.ExecuteAsync($"update customers.subscription set follows_id = {id.Value} where subscription_id = {slice.Value}", cancellationToken);
        return slice;
    }

    /// <summary>Removes a recurring charge of which nothing was billed, as if it had never been.</summary>
    /// <returns>The version removed, or why not.</returns>
    public static async Task<Result<int>> RemoveAsync(TenantDb db, AccountId account, SubscriptionId id, int version, IChargeHistory history, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (await FindAsync(db, account, id, version, cancellationToken) is null) return await StaleAsync(db, id, cancellationToken);
        if (await history.BilledToAsync(db, id, cancellationToken) is { } billedTo)
            return new Failure(Billed, $"It is on an invoice up to and including {Day(billedTo.AddDays(-1))} and can't be removed. End it instead.");
        var refusal = await db.TryAsync(() => db.ExecuteAsync($"delete from customers.subscription where subscription_id = {id.Value}", cancellationToken), cancellationToken);
        return refusal is null ? version : new Failure("records.in-use", "Another price or quantity follows this one. Remove that first.");
    }

    /// <summary>Everything that is wrong with a one-off charge by itself.</summary>
    public static IReadOnlyList<Failure> Check(OneOffCharge charge)
    {
        ArgumentNullException.ThrowIfNull(charge);
        return new FieldChecks()
            .Text("description", "The description", charge.Description, 200, isRequired: true)
            .Amount("amount", "The amount", charge.Amount)
            .That(charge.Amount != 0, "records.bad-amount", "amount", "The amount is zero. Write what is charged; a credit is an amount with a minus.")
            .Failures;
    }

    /// <summary>Adds a one-off charge, or a credit when its amount is negative.</summary>
    /// <returns>Its id, or what is wrong.</returns>
    public static async Task<Result<long>> AddAsync(TenantDb db, OneOffCharge charge, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (Check(charge) is [var wrong, ..]) return wrong;
        if (await WhatIsForeignAsync(db, charge.Account, charge.Service, charge.Product, DateOnly.MinValue, isRecurring: false, cancellationToken) is { } foreign) return foreign;
        return await db.ScalarAsync<long>($"""
            insert into customers.one_off_charge (account_id, service_id, product_id, description, amount, charge_on)
            values ({charge.Account.Value}, {charge.Service?.Value}, {charge.Product.Value}, {charge.Description}, {charge.Amount}, {charge.ChargeOn}) returning charge_id
            """, cancellationToken);
    }

    /// <summary>Removes a one-off charge or credit while it is on no invoice.</summary>
    /// <returns>The version removed, or why not.</returns>
    public static async Task<Result<int>> RemoveOneOffAsync(TenantDb db, AccountId account, long id, int version, IChargeHistory history, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(history);
        if (await history.InvoiceOfAsync(db, id, cancellationToken) is { } invoice) return OnInvoice(invoice);
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync(
            $"delete from customers.one_off_charge where charge_id = {id} and account_id = {account.Value} and version = {version}", cancellationToken), cancellationToken);
        // Billed between the question and the removal.
        if (refusal is not null) return OnInvoice(await history.InvoiceOfAsync(db, id, cancellationToken) ?? "an invoice");
        return rows == 1 ? version : await LastChange.RefuseAsync(db, "customers.one_off_charge", "charge_id", id, "This charge", cancellationToken);

        static Failure OnInvoice(string invoice) => new(Billed, $"It is on {invoice} and stays there. Add a one-off with the opposite amount to take it back.");
    }

    private static async Task<Failure?> WhatIsForeignAsync(
        TenantDb db, AccountId account, ServiceId? service, ProductId? product, DateOnly? to, bool isRecurring, CancellationToken cancellationToken)
    {
        var found = await db.FindAsync($"""
            select a.ended_on, {service?.Value}::bigint is null or exists (select from customers.service s where s.service_id = {service?.Value}::bigint and s.account_id = a.account_id),
                   {product?.Value}::bigint is null or exists (select from catalog.product p where p.product_id = {product?.Value}::bigint and (p.kind = 'recurring') = {isRecurring})
            from customers.account a where a.account_id = {account.Value}
            """, row => (IsThere: true, EndedOn: row.Maybe<DateOnly?>(0), HasService: row.Bool(1), HasProduct: row.Bool(2)), cancellationToken);
        if (!found.IsThere) return new Failure("records.no-account", "There is no such account.") { Field = "account" };
        if (!found.HasService) return new Failure("records.no-service", "The account has no such service.") { Field = "service" };
        if (!found.HasProduct) return new Failure("records.no-product", isRecurring ? "There is no such recurring product." : "There is no such one-off product.") { Field = "product" };
        return found.EndedOn is { } ended && (to is null || to > ended)
            ? Dates($"The account is closed: its last day is {Day(ended.AddDays(-1))}. End the charge by then, or open the account again.", "to")
            : null;
    }

    private static Task<StoredCharge?> FindAsync(TenantDb db, AccountId account, SubscriptionId id, int version, CancellationToken cancellationToken) => db.FindAsync($"""
        select subscription_id, account_id, service_id, product_id, description, quantity, price, every_months, billing, basis, anchor_day, lower(valid), upper(valid), follows_id, version
        from customers.subscription where subscription_id = {id.Value} and account_id = {account.Value} and version = {version} for update
        """, Read, cancellationToken);

    private static StoredCharge Read(Row row) => new(
        new Subscription(new SubscriptionId(row.Long(0)), new AccountId(row.Long(1)), row.Maybe<long?>(2) is { } service ? new ServiceId(service) : null,
            new ProductId(row.Long(3)), row.Text(4), row.Decimal(5), row.Decimal(6), RecurringTerms.Read(row.Int(7), row.Text(8), row.Text(9)), row.Int(10),
            new DateInterval(row.Date(11), row.Maybe<DateOnly?>(12))),
        row.Maybe<long?>(13) is { } follows ? new SubscriptionId(follows) : null, row.Int(14));

    private static Failure Dates(string message, string field) => new("records.bad-dates", message) { Field = field };

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static Task<Failure> StaleAsync(TenantDb db, SubscriptionId id, CancellationToken cancellationToken) =>
        LastChange.RefuseAsync(db, "customers.subscription", "subscription_id", id.Value, "This charge", cancellationToken);
}
