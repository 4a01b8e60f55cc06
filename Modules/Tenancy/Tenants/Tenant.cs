using Billing.Abstractions.Values;

namespace Billing.Tenancy.Tenants;

/// <summary>A reseller: who issues the invoices, in which currency, and on whose clock.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Slug">Short name for command lines and addresses: lower case, digits, dashes.</param>
/// <param name="Name">Trading name, as customers know it.</param>
/// <param name="LegalName">The company that issues the invoice.</param>
/// <param name="Address">Its address, line by line.</param>
/// <param name="Country">ISO 3166 code of two letters.</param>
/// <param name="CompanyNumber">Registration number, where there is one.</param>
/// <param name="VatNumber">VAT registration; null for a tenant that is not registered and charges none.</param>
/// <param name="Currency">What it bills in.</param>
/// <param name="TimeZone">Its civil clock: billing days begin at midnight here.</param>
/// <param name="Brand">Logo, colours, ways to reach it.</param>
/// <param name="LateCallDays">A call more than this many days older than the newest one of its file is an error instead of late usage.</param>
public sealed record Tenant(
    TenantId Id,
    string Slug,
    string Name,
    string LegalName,
    IReadOnlyList<string> Address,
    string Country,
    string? CompanyNumber,
    string? VatNumber,
    Currency Currency,
    TimeZoneInfo TimeZone,
    Brand Brand,
    int LateCallDays)
{
    /// <summary>Why the operator has suspended it, in words its people read when they want to sign in; null while it works.</summary>
    public string? SuspendedWhy { get; init; }

    /// <summary>Days to pay that a new account starts with.</summary>
    public int PaymentDays { get; init; } = 14;

    /// <summary>What customers are told about their data, in the tenant's words; null for what the law says.</summary>
    public string? PrivacyNote { get; init; }

    /// <summary>To be handed back with a change of the settings.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The instant at which a day begins on the tenant's clock.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // Some zones change their clocks at midnight; the day then begins when the skipped hour is over.
        while (TimeZone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        return new DateTimeOffset(midnight, TimeZone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>The day it is on the tenant's clock at an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZone).DateTime);
}
