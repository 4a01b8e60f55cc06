namespace Billing.Host.Bench;

/// <summary>Somebody who is signed in, and what they look at.</summary>
/// <param name="Root">Their tenant's address.</param>
/// <param name="Session">The cookie's value.</param>
/// <param name="Accounts">Ids of the tenant's accounts.</param>
/// <param name="Invoices">Numbers of its invoices.</param>
/// <param name="Run">Its run.</param>
internal sealed record BenchPerson(string Root, string Session, IReadOnlyList<long> Accounts, IReadOnlyList<string> Invoices, long Run)
{
    /// <summary>The next page they click on: lists and details as in a morning's work.</summary>
    public string Next(Random dice) => Root + dice.Next(12) switch
    {
        0 => "/",
        1 => "/accounts",
        2 or 3 => $"/accounts/{Accounts[dice.Next(Accounts.Count)]}",
        4 => $"/accounts?q={(char)('a' + dice.Next(26))}&sort=name",
        5 => "/runs",
        6 => $"/runs/{Run}",
        7 => $"/invoices/{Invoices[dice.Next(Invoices.Count)]}",
        8 => "/errors",
        9 => "/cdrs",
        10 => $"/search?q={dice.Next(100, 999)}",
        _ => "/jobs",
    };
}
