namespace Billing.Host.Bench;

/// <summary>How much goes on.</summary>
/// <param name="Tenants">Resellers.</param>
/// <param name="People">Staff who click, over all tenants.</param>
/// <param name="Imports">CDR files imported at the same time.</param>
/// <param name="Lines">Calls a file.</param>
/// <param name="Minutes">How long all of it goes on at once.</param>
/// <param name="Pause">Mean time from a page to the next click.</param>
/// <param name="Address">Where the app listens.</param>
internal sealed record WebBenchSettings(int Tenants, int People, int Imports, int Lines, double Minutes, TimeSpan Pause, Uri Address);
