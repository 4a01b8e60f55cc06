using Billing.Tenancy.Data;

namespace Billing.Usage.Matching;

/// <summary>A service that a number without an owner may belong to.</summary>
/// <param name="AccountId">Its account.</param>
/// <param name="AccountNumber">The account's number.</param>
/// <param name="AccountName">And name.</param>
/// <param name="ServiceId">The service.</param>
/// <param name="Label">What the customer calls it.</param>
internal sealed record AssignableService(long AccountId, string AccountNumber, string AccountName, long ServiceId, string Label)
{
    private const int Most = 20;

    /// <summary>Services of open accounts whose number, name or label has some words in it.</summary>
    public static Task<List<AssignableService>> FindAsync(TenantDb db, string words, CancellationToken cancellationToken) => db.QueryAsync($"""
        select a.account_id, a.number, a.name, s.service_id, s.label
        from customers.service s join customers.account a using (tenant_id, account_id)
        where a.ended_on is null and strpos(lower(a.number || ' ' || a.name || ' ' || s.label), lower({words})) > 0
        order by a.number collate "C", s.label limit {Most}
        """, row => new AssignableService(row.Long(0), row.Text(1), row.Text(2), row.Long(3), row.Text(4)), cancellationToken);
}
