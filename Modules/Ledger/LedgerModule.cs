using Billing.Tenancy.Data;

namespace Billing.Ledger;

/// <summary>Double entry: what is owed, by whom, since when.</summary>
public static class LedgerModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(LedgerModule).Assembly);
}
