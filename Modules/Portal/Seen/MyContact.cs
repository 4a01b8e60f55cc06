using Billing.Customers.Accounts;
using Billing.Tenancy.Data;

namespace Billing.Portal.Seen;

/// <summary>A contact that the person who asks may see and change: themselves, and as an owner everybody of the account.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Account">Of which account.</param>
/// <param name="AccountNumber">Its number.</param>
/// <param name="Contact">The details.</param>
/// <param name="Version">To be handed back with a change.</param>
/// <param name="IsMe">It is the person who asks.</param>
internal sealed record MyContact(long Id, AccountId Account, string AccountNumber, Contact Contact, int Version, bool IsMe)
{
    /// <summary>All of them, by account; who gets the bill first.</summary>
    public static Task<List<MyContact>> LoadAsync(TenantDb db, CancellationToken cancellationToken) => db.QueryAsync($"""
        select contact_id, account_id, account_number, name, email, phone, is_invoice_recipient, version, coalesce(is_me, false) from portal.my_contact
        order by account_number collate "C", is_invoice_recipient desc, name, contact_id
        """, Read, cancellationToken);

    /// <summary>One of them; null where there is none, or none for this person.</summary>
    public static Task<MyContact?> FindAsync(TenantDb db, long id, CancellationToken cancellationToken) => db.FindAsync($"""
        select contact_id, account_id, account_number, name, email, phone, is_invoice_recipient, version, coalesce(is_me, false) from portal.my_contact where contact_id = {id}
        """, Read, cancellationToken);

    private static MyContact Read(Row row) =>
        new(row.Long(0), new AccountId(row.Long(1)), row.Text(2), new Contact(row.Text(3), row.MaybeText(4), row.MaybeText(5), row.Bool(6)), row.Int(7), row.Bool(8));
}
