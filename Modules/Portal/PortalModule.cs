using Billing.Tenancy.Data;

namespace Billing.Portal;

/// <summary>The customers' own pages, and how the tenant looks to them.</summary>
public static class PortalModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(PortalModule).Assembly);
}
