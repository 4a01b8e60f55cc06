using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Host.Demo;

/// <summary>The reseller of the demo: a brand, a price list and two hundred accounts. One seed always gives the same.</summary>
/// <param name="Seed">What everything is diced from.</param>
/// <param name="Accounts">In the order of their numbers.</param>
sealed record DemoReseller(ulong Seed, IReadOnlyList<DemoAccount> Accounts)
{
    /// <summary>The tenant as it is opened.</summary>
    public static NewTenant Tenant => DemoBrand.Tenant;

    /// <summary>The price list, calls apart.</summary>
    public static IReadOnlyList<Product> Products => DemoProducts.All;

    /// <summary>Describes the reseller; nothing is stored.</summary>
    public static DemoReseller Make(ulong seed) => new(seed, DemoAccounts.Make(seed));

    /// <summary>The one account of a special shape.</summary>
    public DemoAccount Account(DemoShape shape) => Accounts.Single(a => a.Shape == shape);

    /// <summary>Writes products, accounts, services and charges in the caller's transaction, which the caller commits. The tenant exists and has no accounts.</summary>
    /// <param name="db">The demo reseller's tenant.</param>
    /// <param name="tariffId">What all accounts' calls are priced by.</param>
    /// <param name="stored">Told how many accounts are written, for a progress bar; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task StoreAsync(TenantDb db, long tariffId, Action<int>? stored = null, CancellationToken cancellationToken = default)
    {
        var products = new Dictionary<string, ProductId>(StringComparer.Ordinal);
        foreach (var product in Products) products.Add(product.Code, await ProductList.AddAsync(db, product, cancellationToken));
        for (var i = 0; i < Accounts.Count; i++)
        {
            await StoreAsync(db, Accounts[i], tariffId, products, cancellationToken);
            stored?.Invoke(i + 1);
        }
    }

    private static async Task StoreAsync(TenantDb db, DemoAccount account, long tariffId, Dictionary<string, ProductId> products, CancellationToken cancellationToken)
    {
        var id = await AccountList.AddAsync(db, account.ToNewAccount(tariffId), cancellationToken);
        var services = new Dictionary<string, ServiceId>(StringComparer.Ordinal);
        foreach (var service in account.Services)
        {
            var serviceId = await ServiceList.AddAsync(db, id, service.Label, service.Site, cancellationToken);
            services.Add(service.Label, serviceId);
            foreach (var assignment in service.Assignments)
            {
                if (assignment.Circuit is { } circuit) await ServiceList.AssignCircuitAsync(db, serviceId, circuit, assignment.Valid, cancellationToken);
                else await ServiceList.AssignNumbersAsync(db, serviceId, Number(assignment.First), Number(assignment.Last), assignment.Valid, cancellationToken);
            }
        }
        foreach (var subscription in account.Subscriptions)
        {
            var product = DemoProducts.Named(subscription.Product);
            await ChargeList.AddAsync(db, new Subscription(default, id, ServiceOf(subscription.Service), products[product.Code], subscription.Description,
                subscription.Quantity, subscription.Price ?? product.Price, product.Terms!, subscription.AnchorDay, subscription.Valid), cancellationToken);
        }
        foreach (var charge in account.OneOffs)
            await ChargeList.AddAsync(db, new OneOffCharge(0, id, ServiceOf(charge.Service), products[charge.Product], charge.Description, charge.Amount, charge.ChargeOn), cancellationToken);

        ServiceId? ServiceOf(string? label) => label is null ? null : services[label];
    }

    private static E164Number Number(ulong digits) => E164Number.TryCreate(digits, out var number)
        ? number
        : throw new InvalidOperationException($"{digits} is not a telephone number.");
}
