using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Onboarding.Rows;
using Billing.Tenancy.Data;

namespace Billing.Onboarding.Kinds;

/// <summary>The services before a file comes, by account and name.</summary>
internal sealed record KnownServices(IReadOnlyDictionary<(AccountId, string), ServiceId> ByName)
{
    public static async Task<KnownServices> LoadAsync(TenantDb db, CancellationToken cancellationToken) =>
        new((await ServiceBook.LoadAsync(db, null, cancellationToken)).ToDictionary(s => (s.Account, s.Details.Label), s => s.Id));

    /// <summary>The service a charge is for; null when the row names none, or when the account has none of that name, which is noted.</summary>
    public ServiceId? Find(RowReader row, AccountId account)
    {
        if (row.Text("label") is not { } label) return null;
        if (ByName.TryGetValue((account, label), out var found)) return found;
        row.Refuse("onboarding.no-service", "label", "The account has no service of this name. Import numbers first, or correct the name.");
        return null;
    }
}
