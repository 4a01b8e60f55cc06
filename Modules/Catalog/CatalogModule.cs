using Billing.Tenancy.Data;

namespace Billing.Catalog;

/// <summary>What may be sold besides calls.</summary>
public static class CatalogModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(CatalogModule).Assembly);
}
