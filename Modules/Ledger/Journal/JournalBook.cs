using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Tenancy.Data;

namespace Billing.Ledger.Journal;

/// <summary>A tenant's journal: appended to, never changed. The database checks every entry's balance again at commit.</summary>
public static class JournalBook
{
    /// <summary>Enters a document's postings.</summary>
    /// <exception cref="Exception">The document was entered before (the database refuses).</exception>
    public static Task EnterAsync(TenantDb db, JournalEntry entry, DateTimeOffset enteredAt, CancellationToken cancellationToken = default) => EnterAsync(db, [entry], enteredAt, cancellationToken);

    /// <summary>Enters those of several documents, numbered in their order.</summary>
    /// <exception cref="Exception">One of them was entered before (the database refuses, and enters none).</exception>
    public static async Task EnterAsync(TenantDb db, IReadOnlyCollection<JournalEntry> entries, DateTimeOffset enteredAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(entries);
        var postings = entries.SelectMany(entry => entry.Postings.Select((posting, index) => (entry.Document, Line: index + 1, Posting: posting))).ToList();
        await db.ExecuteAsync($"""
            with entered as (
                insert into ledger.entry (document, dated_on, entered_at)
                select document, dated_on, {enteredAt.UtcDateTime} from unnest({entries.Select(e => e.Document).ToArray()}, {entries.Select(e => e.DatedOn).ToArray()}) with ordinality as e(document, dated_on, place) order by place
                returning entry_id, document
            )
            insert into ledger.posting (entry_id, line, ledger_account, account_id, amount, currency)
            select entry_id, p.line, p.ledger_account, p.account_id, p.amount, p.currency
            from entered join unnest({postings.Select(p => p.Document).ToArray()}, {postings.Select(p => p.Line).ToArray()}, {postings.Select(p => p.Posting.LedgerAccount).ToArray()},
                                     {postings.Select(p => p.Posting.Account?.Value).ToArray()}, {postings.Select(p => p.Posting.Amount.Amount).ToArray()},
                                     {postings.Select(p => p.Posting.Amount.Currency.Code).ToArray()})
                              as p(document, line, ledger_account, account_id, amount, currency) using (document)
            """, cancellationToken);
    }

    /// <summary>The balance of each account of the books, by name; they sum to zero.</summary>
    public static async Task<IReadOnlyDictionary<string, decimal>> BalancesAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync(
            $"""select ledger_account, sum(amount) from ledger.posting group by ledger_account order by ledger_account collate "C" """,
            row => (Name: row.Text(0), Sum: row.Decimal(1)), cancellationToken);
        return rows.ToDictionary(r => r.Name, r => r.Sum, StringComparer.Ordinal);
    }

    /// <summary>What a document did to the books; null when it was not entered.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="document">For example <c>invoice/INV-000123</c>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<JournalEntry?> FindAsync(TenantDb db, string document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync($"""
            select e.dated_on, p.ledger_account, p.account_id, p.amount, p.currency
            from ledger.entry e join ledger.posting p using (tenant_id, entry_id)
            where e.document = {document} order by p.line
            """,
            row => (DatedOn: row.Date(0), Posting: new Posting(row.Text(1), row.Maybe<long?>(2) is { } account ? new AccountId(account) : null,
                new Money(row.Decimal(3), Currency.Of(row.Text(4))))), cancellationToken);
        return rows.Count == 0 ? null : new JournalEntry(document, rows[0].DatedOn, [.. rows.Select(r => r.Posting)]);
    }

    /// <summary>What a customer account owes.</summary>
    public static async Task<Money> BalanceOfAsync(TenantDb db, AccountId account, Currency currency, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new Money(await db.ScalarAsync<decimal>($"select coalesce(sum(amount), 0) from ledger.posting where account_id = {account.Value}", cancellationToken), currency);
    }
}
