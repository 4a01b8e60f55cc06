using System.Text.RegularExpressions;
using Billing.Abstractions.Values;
using Billing.Screens.Colours;
using Billing.Tenancy.Records;
using Billing.Tenancy.Tenants;
using Microsoft.AspNetCore.Http;

namespace Billing.Portal.Pages.Settings;

/// <summary>A brand as it is typed.</summary>
internal sealed partial class BrandForm
{
    public IFormFile? Logo { get; set; }

    public bool WithoutLogo { get; set; }

    public string? PrimaryColour { get; set; }

    public string? AccentColour { get; set; }

    public string? Website { get; set; }

    public string? SupportEmail { get; set; }

    public string? SupportPhone { get; set; }

    public string? BankDetails { get; set; }

    public string? ComplaintsNote { get; set; }

    public string? PrivacyNote { get; set; }

    /// <summary>The version that was read.</summary>
    public int Version { get; set; }

    public static BrandForm Of(Tenant tenant) => new()
    {
        PrimaryColour = Colour.Of(tenant.Brand.PrimaryColour, Colour.Of(BrandPalette.Otherwise, Colour.Black)).ToString(),
        AccentColour = Colour.Of(tenant.Brand.AccentColour, Colour.Of(BrandPalette.Otherwise, Colour.Black)).ToString(),
        Website = tenant.Brand.Website,
        SupportEmail = tenant.Brand.SupportEmail,
        SupportPhone = tenant.Brand.SupportPhone,
        BankDetails = string.Join('\n', tenant.Brand.BankDetails),
        ComplaintsNote = tenant.Brand.ComplaintsNote,
        PrivacyNote = tenant.PrivacyNote,
        Version = tenant.Version,
    };

    /// <summary>The brand that was typed, with a logo that has been read already.</summary>
    public Brand ToBrand(string? logo) => new(
        WithoutLogo ? null : logo, PrimaryColour?.Trim() ?? "", AccentColour?.Trim() ?? "", Scheme().Replace(Website?.Trim() ?? "", "").TrimEnd('/') is { Length: > 0 } site ? site : null, Blank(SupportEmail), Blank(SupportPhone),
        [.. (BankDetails ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)], Blank(ComplaintsNote));

    /// <summary>Everything that is wrong, each with its field.</summary>
    public IReadOnlyList<Failure> Check() => new FieldChecks()
        .That(Colour.TryParse(PrimaryColour?.Trim(), out _), "brand.bad-colour", "primaryColour", $"'{PrimaryColour}' is not a colour such as #0b4f5c.")
        .That(Colour.TryParse(AccentColour?.Trim(), out _), "brand.bad-colour", "accentColour", $"'{AccentColour}' is not a colour such as #c2571a.")
        .That(string.IsNullOrWhiteSpace(Website) || Site().IsMatch(Scheme().Replace(Website.Trim(), "").TrimEnd('/')), "brand.bad-website", "website", $"'{Website}' is not a web address such as www.example.com.")
        .Email("supportEmail", SupportEmail)
        .Text("supportPhone", "The telephone number", SupportPhone, 40)
        .Text("bankDetails", "The bank details", BankDetails, 600, mayHaveLines: true)
        .That((BankDetails ?? "").Split('\n').Count(line => line.Trim().Length > 0) <= 8, "records.too-long", "bankDetails", "The bank details have more than 8 lines; no more fit a bill.")
        .Text("complaintsNote", "The complaints note", ComplaintsNote, 1500, mayHaveLines: true)
        .Text("privacyNote", "The note on data", PrivacyNote, 4000, mayHaveLines: true)
        .Failures;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}(/[A-Za-z0-9._~/-]*)?\z")]
    private static partial Regex Site();
}
