using Billing.Tenancy.Data;

namespace Billing.Rating;

/// <summary>Prices one call.</summary>
public static class RatingModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(RatingModule).Assembly);
}
