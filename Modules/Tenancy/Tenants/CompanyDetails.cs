using System.Text.RegularExpressions;
using Billing.Abstractions.Values;
using Billing.Tenancy.Records;

namespace Billing.Tenancy.Tenants;

/// <summary>What a person can change of a tenant's company; the parts are those of <see cref="Tenant"/>, as typed.</summary>
public sealed partial record CompanyDetails(string Name, string LegalName, IReadOnlyList<string> Address, string Country, string? CompanyNumber, string? VatNumber, string Currency, string TimeZone)
{
    /// <summary>Longest <see cref="PaymentDays"/> and <see cref="LateCallDays"/>: a year.</summary>
    public const int MostDays = 365;

    /// <summary>Days to pay that a new account starts with.</summary>
    public int PaymentDays { get; init; } = 14;

    /// <summary>As in <see cref="Tenant"/>.</summary>
    public int LateCallDays { get; init; } = 90;

    /// <summary>What is stored, to begin with.</summary>
    public static CompanyDetails Of(Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return new(tenant.Name, tenant.LegalName, tenant.Address, tenant.Country, tenant.CompanyNumber, tenant.VatNumber, tenant.Currency.Code, tenant.TimeZone.Id)
        {
            PaymentDays = tenant.PaymentDays,
            LateCallDays = tenant.LateCallDays,
        };
    }

    /// <summary>Everything that is wrong by itself, each with its field.</summary>
    public IReadOnlyList<Failure> Check() => new FieldChecks()
        .Text("name", "The trading name", Name, 100, isRequired: true)
        .Text("legalName", "The legal name", LegalName, 200, isRequired: true)
        .That(Address.Any(line => !string.IsNullOrWhiteSpace(line)), "records.missing", "address", "The address is missing: a VAT invoice must carry it.")
        .That(Address.Count <= 8, "records.too-long", "address", $"The address has {Address.Count} lines; at most 8 fit a bill.")
        .Text("address", "The address", string.Join(' ', Address), 500)
        .That(CountryForm().IsMatch(Country), "records.bad-country", "country", $"'{Country}' is not a country's code of two capital letters, such as GB.")
        .Text("companyNumber", "The company number", CompanyNumber, 40)
        .Text("vatNumber", "The VAT number", VatNumber, 20)
        .That(string.IsNullOrWhiteSpace(VatNumber) || VatNumber.Count(char.IsAsciiLetterOrDigit) >= 6 && VatNumber.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '.'),
            "records.bad-vat-number", "vatNumber", $"'{VatNumber}' is not a VAT number: letters and digits, for example GB 123 4567 89.")
        .That(Abstractions.Values.Currency.Parse(Currency).IsSuccess, "records.bad-currency", "currency", $"'{Currency}' is not a currency's code of three capital letters, such as GBP.")
        .That(IsZone(TimeZone), "records.bad-time-zone", "timeZone", $"'{TimeZone}' is not a time zone such as Europe/London.")
        .That(PaymentDays is >= 0 and <= MostDays, "records.bad-days", "paymentDays", $"The days to pay are {PaymentDays}; write 0 to {MostDays}.")
        .That(LateCallDays is >= 0 and <= MostDays, "records.bad-days", "lateCallDays", $"The days for late calls are {LateCallDays}; write 0 to {MostDays}.")
        .Failures;

    // The database has to know it too: it counts days in it.
    private static bool IsZone(string id) => (id == "Etc/UTC" || id.Contains('/', StringComparison.Ordinal)) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;

    [GeneratedRegex("^[A-Z]{2}\\z")]
    private static partial Regex CountryForm();
}
