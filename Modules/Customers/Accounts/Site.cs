using Billing.Abstractions.Values;
using Billing.Tenancy.Records;

namespace Billing.Customers.Accounts;

/// <summary>A place of an account.</summary>
/// <param name="Name">Unique within the account, for example "Head office".</param>
/// <param name="Address">Line by line.</param>
/// <param name="IsBilling">True for the one that invoices are addressed to.</param>
public sealed record Site(string Name, IReadOnlyList<string> Address, bool IsBilling)
{
    /// <summary>Most lines of an address: more do not fit an envelope's window.</summary>
    public const int MostAddressLines = 8;

    /// <summary>Everything that is wrong with it, each with its field.</summary>
    public IReadOnlyList<Failure> Check()
    {
        var checks = new FieldChecks()
            .Text("siteName", "The site's name", Name, 100, isRequired: true)
            .That(Address.Count <= MostAddressLines, "records.too-long", "address", $"The address has {Address.Count} lines; at most {MostAddressLines} fit an envelope.")
            .That(!IsBilling || Address.Count > 0, "records.missing", "address", "The billing address is empty; it is where invoices are addressed to.");
        foreach (var line in Address) checks.Text("address", "A line of the address", line, 100);
        return checks.Failures;
    }
}
