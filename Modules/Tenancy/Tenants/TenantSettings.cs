using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Tenancy.Tenants;

/// <summary>
/// A tenant's own settings as its people change them. Whoever writes names the version they read. What was posted keeps the company and the brand it
/// was posted with.
/// </summary>
public static class TenantSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Changes the company's details.</summary>
    /// <returns>
    /// The new version; <c>settings.currency-held</c> where invoices exist and the currency or the time zone would change,
    /// <c>records.changed-meanwhile</c>, or the first wrong field.
    /// </returns>
    public static async Task<Result<int>> ChangeCompanyAsync(TenantDb db, int version, CompanyDetails details, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(details);
        if (details.Check() is [var wrong, ..]) return wrong;
        string[] address = [.. details.Address.Select(line => line.Trim()).Where(line => line.Length > 0)];
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync($"""
            update tenancy.tenant set name = {details.Name.Trim()}, legal_name = {details.LegalName.Trim()}, address = {address}, country = {details.Country},
                company_number = {Blank(details.CompanyNumber)}, vat_number = {Blank(details.VatNumber)}, currency = {details.Currency}, time_zone = {details.TimeZone},
                payment_days = {details.PaymentDays}, late_call_days = {details.LateCallDays}, version = version + 1
            where tenant_id = {db.Tenant.Value} and version = {version}
            """, cancellationToken), cancellationToken);
        if (refusal is { Constraint: "currency_is_held" })
            return new Failure("settings.currency-held", "Invoices exist, and their amounts and days are in this currency and on this clock: neither can change any more.") { Field = "currency" };
        if (refusal is not null) return new Failure("records.refused", $"The rule {refusal.Constraint} refused it.");
        return rows == 1 ? version + 1 : await StaleAsync(db, cancellationToken);
    }

    /// <summary>Changes how the tenant looks to its customers.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="brand">The brand; its logo has been through the cleaning.</param>
    /// <param name="privacyNote">What customers are told about their data; null for what the law says.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The new version, or <c>records.changed-meanwhile</c>.</returns>
    public static async Task<Result<int>> ChangeBrandAsync(TenantDb db, int version, Brand brand, string? privacyNote, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(brand);
        var rows = await db.ExecuteAsync($"""
            update tenancy.tenant set brand = {JsonSerializer.Serialize(brand, Json)}::jsonb, privacy_note = {Blank(privacyNote)}, version = version + 1
            where tenant_id = {db.Tenant.Value} and version = {version}
            """, cancellationToken);
        return rows == 1 ? version + 1 : await StaleAsync(db, cancellationToken);
    }

    private static Task<Failure> StaleAsync(TenantDb db, CancellationToken cancellationToken) =>
        LastChange.RefuseAsync(db, "tenancy.tenant", "tenant_id", db.Tenant.Value, "This page of the settings", cancellationToken);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
