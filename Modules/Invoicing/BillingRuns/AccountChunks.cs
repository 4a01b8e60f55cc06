using Billing.Customers.Accounts;

namespace Billing.Invoicing.BillingRuns;

/// <summary>
/// Accounts that are computed or posted together: enough that the questions an account are few, and so few that a chunk is done again in no time, that nothing else
/// waits long for it, and that a run of any size needs the same memory.
/// </summary>
internal static class AccountChunks
{
    /// <summary>Accounts at most, unless somebody wants fewer.</summary>
    public const int MostAccounts = 200;

    private const int MostCalls = 50_000;

    /// <summary>The accounts in their order, some at a time; one with more calls than a chunk may have ends its chunk.</summary>
    /// <param name="accounts">All of a run.</param>
    /// <param name="callsOf">How many calls an account has; null leaves it out.</param>
    /// <param name="most">Accounts in a chunk at most.</param>
    /// <returns>Each chunk, and how many of the accounts are done with it.</returns>
    public static IEnumerable<(IReadOnlyList<Account> Accounts, int Done)> Of(IReadOnlyList<Account> accounts, Func<Account, long?> callsOf, int most = MostAccounts)
    {
        var (chunk, calls) = (new List<Account>(), 0L);
        for (var place = 0; place < accounts.Count; place++)
        {
            if (callsOf(accounts[place]) is not { } its) continue;
            chunk.Add(accounts[place]);
            calls += its;
            if (chunk.Count < most && calls < MostCalls) continue;
            yield return (chunk, place + 1);
            (chunk, calls) = ([], 0);
        }
        if (chunk.Count > 0) yield return (chunk, accounts.Count);
    }
}
