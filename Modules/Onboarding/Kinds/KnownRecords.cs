using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Onboarding.Rows;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;

namespace Billing.Onboarding.Kinds;

/// <summary>What is there before a file comes: accounts by number, tariffs by code.</summary>
internal sealed record KnownRecords(IReadOnlyDictionary<string, StoredAccount> Accounts, IReadOnlyDictionary<string, TariffEntry> Tariffs)
{
    public static async Task<KnownRecords> LoadAsync(TenantDb db, CancellationToken cancellationToken) => new(
        await AccountBook.LoadAsync(db, cancellationToken),
        (await TariffBook.LoadAsync(db, cancellationToken)).ToDictionary(t => t.Code, StringComparer.Ordinal));

    /// <summary>The account a row names; null, with the fault noted, when there is none.</summary>
    public StoredAccount? Account(RowReader row)
    {
        if (row.Required("accountNumber") is not { } number) return null;
        if (Accounts.TryGetValue(number, out var account)) return account;
        row.Refuse("onboarding.no-account", "accountNumber", "There is no account with this number. Import customers first, or correct the number; leading zeros count.");
        return null;
    }

    /// <summary>The tariff a row names; null when it names none, or when there is none of that code, which is noted.</summary>
    public long? Tariff(RowReader row)
    {
        if (row.Text("tariffCode") is not { } code) return null;
        if (Tariffs.TryGetValue(code, out var tariff) && !tariff.IsRetired) return tariff.Id;
        row.Refuse("onboarding.no-tariff", "tariffCode", tariff is null ? "There is no tariff with this code. Publish it first, or correct the code." : "This tariff is retired. Choose another.");
        return null;
    }

    public static List<string> AddressOf(RowReader row) => [.. ((string?[])["address1", "address2", "address3", "town", "county", "postcode"])
        .SelectMany(field => field is null ? [] : (row.Text(field) ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
}
