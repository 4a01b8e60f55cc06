using Billing.Tenancy.Data;

namespace Billing.Customers.Accounts;

/// <summary>One change of an account or of what belongs to it, from the audit trail.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Action"><c>insert</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="What">Account, contact, site, service, number, recurring charge or one-off charge.</param>
/// <param name="Changes">What became of its members: name, before, after.</param>
public sealed record AccountHistory(DateTimeOffset At, string By, string Action, string What, IReadOnlyList<(string Name, string? Before, string? After)> Changes)
{
    private static readonly HashSet<string> Unsaid = new(StringComparer.Ordinal) { "version", "account_id", "contact_id", "site_id", "service_id", "assignment_id", "subscription_id", "charge_id", "follows_id", "product_id", "is_range" };

    /// <summary>The latest changes, the newest first.</summary>
    public static async Task<IReadOnlyList<AccountHistory>> LoadAsync(TenantDb db, AccountId account, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var id = account.Value;
        return await db.QueryAsync($"""
            with own(subject, key) as (
                select 'customers.account', jsonb_build_object('account_id', {id}::bigint)
                union all select 'customers.contact', jsonb_build_object('contact_id', contact_id) from customers.contact where account_id = {id}
                union all select 'customers.site', jsonb_build_object('site_id', site_id) from customers.site where account_id = {id}
                union all select 'customers.service', jsonb_build_object('service_id', service_id) from customers.service where account_id = {id}
                union all select 'customers.assignment', jsonb_build_object('assignment_id', a.assignment_id) from customers.assignment a join customers.service s using (tenant_id, service_id) where s.account_id = {id}
                union all select 'customers.subscription', jsonb_build_object('subscription_id', subscription_id) from customers.subscription where account_id = {id}
                union all select 'customers.one_off_charge', jsonb_build_object('charge_id', charge_id) from customers.one_off_charge where account_id = {id}
                union all select subject, subject_key from tenancy.audit
                    where action = 'delete' and subject in ('customers.contact', 'customers.site', 'customers.service', 'customers.subscription', 'customers.one_off_charge') and before @> jsonb_build_object('account_id', {id}::bigint))
            select a.noted_at, a.actor_name, a.action, a.subject, a.before::text, a.after::text
            from own join tenancy.audit a on a.subject = own.subject and a.subject_key = own.key
            order by a.entry desc limit {most}
            """, row => new AccountHistory(row.Instant(0), row.Text(1), row.Text(2), WordOf(row.Text(3)), ChangesOf(row.MaybeText(4), row.MaybeText(5))), cancellationToken);
    }

    private static string WordOf(string subject) => subject["customers.".Length..] switch { "assignment" => "number", "subscription" => "recurring charge", "one_off_charge" => "one-off charge", var word => word };

    private static List<(string, string?, string?)> ChangesOf(string? before, string? after)
    {
        var (old, now) = (Members(before), Members(after));
        return [.. old.Keys.Union(now.Keys).Where(name => !Unsaid.Contains(name)).Select(name => (name.Replace('_', ' '), old.GetValueOrDefault(name), now.GetValueOrDefault(name))).Where(c => c.Item2 != c.Item3)];
    }

    private static Dictionary<string, string?> Members(string? json)
    {
        if (json is null) return [];
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.ValueKind switch
        {
            System.Text.Json.JsonValueKind.Null => null,
            System.Text.Json.JsonValueKind.Array => string.Join(", ", m.Value.EnumerateArray()),
            _ => (string?)m.Value.ToString(),
        }, StringComparer.Ordinal);
    }
}
