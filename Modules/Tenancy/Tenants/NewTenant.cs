namespace Billing.Tenancy.Tenants;

/// <summary>What it takes to open a tenant; the parts are those of <see cref="Tenant"/>.</summary>
public sealed record NewTenant(
    string Slug,
    string Name,
    string LegalName,
    IReadOnlyList<string> Address,
    string Country,
    string? CompanyNumber,
    string? VatNumber,
    string Currency,
    string TimeZone,
    Brand Brand);
