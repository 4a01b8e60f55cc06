namespace Billing.Screens.Notices;

/// <summary>A banner as shown.</summary>
/// <param name="Words">What is the matter, with count and state: <c>3 CDR files are pending: 2 waiting, 1 being read.</c></param>
/// <param name="Link">What to do about it: <c>Look at the files</c>.</param>
/// <param name="Address">Where that is, within the tenant: <c>/cdrs</c>.</param>
public sealed record BannerText(string Words, string Link, string Address);
