using Billing.Tenancy.Data;

namespace Billing.Customers;

/// <summary>Who buys, and which numbers are theirs on which days.</summary>
public static class CustomersModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(CustomersModule).Assembly);
}
