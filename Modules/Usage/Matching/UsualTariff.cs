using Billing.Tenancy.Data;

namespace Billing.Usage.Matching;

/// <summary>The tariff that most calls of some causes would be priced by.</summary>
internal static class UsualTariff
{
    /// <summary>The service's tariff, else its account's, else the default; null where there is none.</summary>
    public static Task<long?> FindAsync(TenantDb db, IReadOnlyCollection<ErrorGroup> groups, CancellationToken cancellationToken) => db.FindAsync($"""
        select coalesce(s.tariff_id, a.tariff_id, (select tariff_id from rating.tariff where is_default))
        from usage.call c
        left join customers.service s on s.service_id = c.service_id left join customers.account a on a.account_id = c.account_id
        where c.state = 'error' and c.error_code = any ({groups.Select(one => one.Code).ToArray()}) and coalesce(c.error_subject, '') = any ({groups.Select(one => one.Subject).ToArray()})
        group by 1 order by count(*) desc limit 1
        """, row => row.Maybe<long?>(0), cancellationToken);
}
