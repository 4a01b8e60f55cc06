using Billing.Customers.Search;
using Billing.Screens.Search;
using Billing.Tenancy.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Customers;

/// <summary>Who buys, and which numbers are theirs on which days.</summary>
public static class CustomersModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(CustomersModule).Assembly);

    /// <summary>What the module adds to the pages of others.</summary>
    public static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services.AddSingleton<ISearchSource, AccountSearch>().AddSingleton<ISearchSource, ServiceSearch>();
}
