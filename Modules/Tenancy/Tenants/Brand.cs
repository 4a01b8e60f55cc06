namespace Billing.Tenancy.Tenants;

/// <summary>How a tenant looks to its customers. Nothing of ours is in it.</summary>
/// <param name="LogoSvg">The logo as SVG text; null prints the name instead.</param>
/// <param name="PrimaryColour">CSS colour of headings and rules, <c>#rrggbb</c>.</param>
/// <param name="AccentColour">CSS colour of the amount due.</param>
/// <param name="Website">Shown at the foot of documents, without <c>https://</c>.</param>
/// <param name="SupportEmail">Where a customer asks about a bill.</param>
/// <param name="SupportPhone">The same, by telephone, as printed.</param>
/// <param name="BankDetails">Where a bank transfer goes, as printed, line by line.</param>
/// <param name="ComplaintsNote">The complaint route and dispute-resolution scheme that a bill has to name.</param>
public sealed record Brand(
    string? LogoSvg,
    string PrimaryColour,
    string AccentColour,
    string? Website,
    string? SupportEmail,
    string? SupportPhone,
    IReadOnlyList<string> BankDetails,
    string? ComplaintsNote);
