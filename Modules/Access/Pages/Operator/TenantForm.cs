namespace Billing.Access.Pages.Operator;

/// <summary>What the form for a new tenant asks for; nothing else that is posted is taken.</summary>
internal sealed record TenantForm(string? Name, string? Slug, string? LegalName, string? Address, string? Country, string? CompanyNumber, string? VatNumber, string? Currency, string? TimeZone);
