using Billing.Tenancy.Data;

namespace Billing.Tenancy;

/// <summary>Who is asking: the reseller, and the database it sees.</summary>
public static class TenancyModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(TenancyModule).Assembly);
}
