using Billing.Tenancy.Data;

namespace Billing.Invoicing;

/// <summary>From a billing run to an issued document.</summary>
public static class InvoicingModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(InvoicingModule).Assembly);
}
