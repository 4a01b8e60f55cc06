using Billing.Abstractions.Values;
using Billing.Customers.Accounts;

namespace Billing.Ledger.Journal;

/// <summary>One line of a journal entry.</summary>
/// <param name="LedgerAccount">Which account of the books: see <see cref="LedgerAccounts"/>.</param>
/// <param name="Account">The customer account; set for receivables and only there.</param>
/// <param name="Amount">Debits positive, credits negative; never zero.</param>
public sealed record Posting(string LedgerAccount, AccountId? Account, Money Amount);
