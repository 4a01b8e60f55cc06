using Billing.Tenancy.Data;

namespace Billing.Delivery;

/// <summary>Turns a model and a template into a document and keeps it.</summary>
public static class DeliveryModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(DeliveryModule).Assembly);
}
