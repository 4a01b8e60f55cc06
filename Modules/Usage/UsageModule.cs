using Billing.Tenancy.Data;

namespace Billing.Usage;

/// <summary>Call detail records from file to rated call.</summary>
public static class UsageModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(UsageModule).Assembly);
}
