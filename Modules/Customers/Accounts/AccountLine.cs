using Billing.Tenancy.Data;

namespace Billing.Customers.Accounts;

/// <summary>An account in the list of them.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Account number.</param>
/// <param name="Name">Name.</param>
/// <param name="StartedOn">First day.</param>
/// <param name="EndedOn">First day it is no customer any more; null while it is.</param>
/// <param name="Services">How many services.</param>
/// <param name="Numbers">Numbers it holds today; a range counts each.</param>
/// <param name="Monthly">Its recurring charges of today, brought to a month.</param>
/// <param name="PaymentMethod">How it pays.</param>
public sealed record AccountLine(AccountId Id, string Number, string Name, DateOnly StartedOn, DateOnly? EndedOn, long Services, long Numbers, decimal Monthly, string PaymentMethod)
{
    /// <summary>Accounts whose number, name or a contact's address has the words in it, in the order of their numbers.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="words">Empty for all.</param>
    /// <param name="today">The day numbers and charges are counted on.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<AccountLine>> LoadAsync(TenantDb db, string words, DateOnly today, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(words);
        var pattern = "%" + words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
        return await db.QueryAsync($"""
            select a.account_id, a.number, a.name, a.started_on, a.ended_on, coalesce(s.services, 0), coalesce(s.numbers, 0), coalesce(c.monthly, 0), a.payment_method
            from customers.account a
            left join (select s.account_id, count(distinct s.service_id) services, sum(upper(n.numbers) - lower(n.numbers)) filter (where n.valid @> {today})::bigint numbers
                from customers.service s left join customers.assignment n using (tenant_id, service_id) group by s.account_id) s using (account_id)
            left join (select account_id, sum(quantity * price / every_months) filter (where valid @> {today}) monthly from customers.subscription group by account_id) c using (account_id)
            where {words} = '' or a.number ilike {pattern} or a.name ilike {pattern}
               or exists (select from customers.contact p where p.tenant_id = a.tenant_id and p.account_id = a.account_id and (p.name ilike {pattern} or p.email ilike {pattern}))
            order by a.number collate "C"
            """,
            row => new AccountLine(new AccountId(row.Long(0)), row.Text(1), row.Text(2), row.Date(3), row.Maybe<DateOnly?>(4), row.Long(5), row.Long(6), Math.Round(row.Decimal(7), 2, MidpointRounding.AwayFromZero), row.Text(8)),
            cancellationToken);
    }
}
