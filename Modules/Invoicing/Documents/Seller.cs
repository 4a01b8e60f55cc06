using Billing.Tenancy.Tenants;

namespace Billing.Invoicing.Documents;

/// <summary>The reseller as printed; the parts are those of <see cref="Tenant"/>.</summary>
public sealed record Seller(string Name, string LegalName, IReadOnlyList<string> Address, string Country, string? CompanyNumber, string? VatNumber, Brand Brand);
