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

    /// <summary>The service of an open account that has the closest numbers to all of these, within the same hundred or so; or that has the circuit on other days. Null for none.</summary>
    public static async Task<AssignableService?> NearAsync(TenantDb db, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
    {
        const long Near = 100;
        var found = new HashSet<AssignableService?>();
        foreach (var subject in subjects)
        {
            var digits = (long)CallPricer.NumberOf(subject).Digits;
            found.Add(await db.FindAsync($"""
                select a.account_id, a.number, a.name, s.service_id, s.label
                from customers.assignment n join customers.service s using (tenant_id, service_id) join customers.account a using (tenant_id, account_id)
                where a.ended_on is null and (n.circuit = {subject} or ({digits} > 0 and n.numbers && int8range({Math.Max(digits - Near, 0)}, {digits + Near}, '[]')))
                order by n.circuit = {subject} desc nulls last, greatest(lower(n.numbers) - {digits}, {digits} - upper(n.numbers) + 1, 0), n.assignment_id desc limit 1
                """, row => new AssignableService(row.Long(0), row.Text(1), row.Text(2), row.Long(3), row.Text(4)), cancellationToken));
        }
        return found.Count == 1 ? found.Single() : null;
    }
}
