using Billing.Tenancy.Tenants;

namespace Billing.Portal.Pages.Settings;

/// <summary>A company's details as they are typed.</summary>
internal sealed class CompanyForm
{
    public string Name { get; set; } = "";

    public string LegalName { get; set; } = "";

    public string Address { get; set; } = "";

    public string Country { get; set; } = "";

    public string? CompanyNumber { get; set; }

    public string? VatNumber { get; set; }

    public string Currency { get; set; } = "";

    public string TimeZone { get; set; } = "";

    public int PaymentDays { get; set; }

    public int LateCallDays { get; set; }

    /// <summary>The version that was read.</summary>
    public int Version { get; set; }

    public static CompanyForm Of(Tenant tenant) => new()
    {
        Name = tenant.Name,
        LegalName = tenant.LegalName,
        Address = string.Join('\n', tenant.Address),
        Country = tenant.Country,
        CompanyNumber = tenant.CompanyNumber,
        VatNumber = tenant.VatNumber,
        Currency = tenant.Currency.Code,
        TimeZone = tenant.TimeZone.Id,
        PaymentDays = tenant.PaymentDays,
        LateCallDays = tenant.LateCallDays,
        Version = tenant.Version,
    };

    /// <summary>What is to be stored. What is held because invoices exist stays as it is, whatever was sent.</summary>
    public CompanyDetails ToDetails(Tenant stored, bool isHeld) => new(
        Name ?? "", LegalName ?? "", [.. (Address ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)], (Country ?? "").Trim().ToUpperInvariant(), CompanyNumber, VatNumber,
        isHeld ? stored.Currency.Code : (Currency ?? "").Trim().ToUpperInvariant(), isHeld ? stored.TimeZone.Id : (TimeZone ?? "").Trim())
    {
        PaymentDays = PaymentDays,
        LateCallDays = LateCallDays,
    };

    /// <summary>The member of this form that a field is.</summary>
    public static string MemberOf(string? field) => field is null ? "" : "Form." + char.ToUpperInvariant(field[0]) + field[1..];
}
