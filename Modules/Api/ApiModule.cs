using Billing.Tenancy.Data;

namespace Billing.Api;

/// <summary>The way in to this module; its services and routes are in <see cref="ApiSetup"/>.</summary>
public static class ApiModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(ApiModule).Assembly);
}
