using Billing.Tenancy.Data;

namespace Billing.Portal.Seen;

/// <summary>An account of the person who asks.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Number">Its account number.</param>
/// <param name="Name">The customer's name.</param>
/// <param name="PaymentMethod"><c>direct-debit</c>, <c>card</c> or <c>bank-transfer</c>.</param>
/// <param name="IsItemised">False where the customer asked that no single call be listed, on paper or here.</param>
/// <param name="SeesBills">The person sees its bills.</param>
/// <param name="KeepsContacts">The person may change its contacts.</param>
/// <param name="SeesAllNumbers">The person sees every number's calls.</param>
/// <param name="Owed">What is owed on it; null where the person sees no bills.</param>
internal sealed record MyAccount(long Id, string Number, string Name, string PaymentMethod, bool IsItemised, bool SeesBills, bool KeepsContacts, bool SeesAllNumbers, decimal? Owed)
{
    /// <summary>All of them, by number.</summary>
    public static Task<List<MyAccount>> LoadAsync(TenantDb db, CancellationToken cancellationToken) => db.QueryAsync($"""
        select a.account_id, a.number, a.name, a.payment_method, a.is_itemised, a.sees_bills, a.keeps_contacts, a.sees_all_numbers, b.owed
        from portal.my_account a left join portal.my_balance b using (tenant_id, account_id)
        order by a.number collate "C"
        """,
        row => new MyAccount(row.Long(0), row.Text(1), row.Text(2), row.Text(3), row.Bool(4), row.Bool(5), row.Bool(6), row.Bool(7), row.Maybe<decimal?>(8)), cancellationToken);
}
