using System.Globalization;
using Billing.Tenancy.Data;

namespace Billing.Usage.CarrierCharges;

/// <summary>An account, or a service of one, that charges without an owner may belong to.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="AccountNumber">Its number.</param>
/// <param name="AccountName">And name.</param>
/// <param name="ServiceId">The service; null for the account as a whole.</param>
/// <param name="ServiceLabel">What the customer calls it.</param>
internal sealed record ChargeOwnerChoice(long AccountId, string AccountNumber, string AccountName, long? ServiceId, string? ServiceLabel)
{
    private const int Most = 20;

    /// <summary>As a form sends it.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{AccountId}-{ServiceId}");

    /// <summary>Reads what a form has sent.</summary>
    public static bool TryRead(string? key, out long account, out long? service)
    {
        (account, service) = (0, null);
        if (key?.Split('-') is not [var first, var second] || !long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out account)) return false;
        if (second.Length == 0) return true;
        if (!long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        service = number;
        return true;
    }

    /// <summary>Open accounts and their services whose number, name or label has some words in it.</summary>
    public static Task<List<ChargeOwnerChoice>> FindAsync(TenantDb db, string words, CancellationToken cancellationToken) => db.QueryAsync($"""
        select a.account_id, a.number, a.name, s.service_id, s.label
        from customers.account a join (select tenant_id, account_id, service_id, label from customers.service union all select tenant_id, account_id, null, null from customers.account) s using (tenant_id, account_id)
        where a.ended_on is null and strpos(lower(concat_ws(' ', a.number, a.name, s.label)), lower({words})) > 0
        order by a.number collate "C", s.label nulls last limit {Most}
        """, row => new ChargeOwnerChoice(row.Long(0), row.Text(1), row.Text(2), row.Maybe<long?>(3), row.MaybeText(4)), cancellationToken);
}
