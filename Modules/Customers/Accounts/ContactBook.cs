using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Customers.Accounts;

/// <summary>An account's people. Several of them may get the bill.</summary>
public static class ContactBook
{
    /// <summary>The contacts of an account, or of all; who gets the bill first.</summary>
    public static async Task<IReadOnlyList<StoredContact>> LoadAsync(TenantDb db, AccountId? account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select contact_id, account_id, name, email, phone, is_invoice_recipient, version from customers.contact
            where {account?.Value}::bigint is null or account_id = {account?.Value}::bigint
            order by is_invoice_recipient desc, name, contact_id
            """, row => new StoredContact(row.Long(0), new AccountId(row.Long(1)), new Contact(row.Text(2), row.MaybeText(3), row.MaybeText(4), row.Bool(5)), row.Int(6)), cancellationToken);
    }

    /// <summary>Adds a contact.</summary>
    /// <returns>Its id, or the first wrong field.</returns>
    public static async Task<Result<long>> AddAsync(TenantDb db, AccountId account, Contact contact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.Check() is [var wrong, ..]) return wrong;
        return await db.ScalarAsync<long>($"""
            insert into customers.contact (account_id, name, email, phone, is_invoice_recipient)
            values ({account.Value}, {contact.Name.Trim()}, {AccountBook.Blank(contact.Email)}, {AccountBook.Blank(contact.Phone)}, {contact.IsInvoiceRecipient})
            returning contact_id
            """, cancellationToken);
    }

    /// <summary>Changes a contact of an account.</summary>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> ChangeAsync(TenantDb db, AccountId account, long id, int version, Contact contact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.Check() is [var wrong, ..]) return wrong;
        var rows = await db.ExecuteAsync($"""
            update customers.contact set name = {contact.Name.Trim()}, email = {AccountBook.Blank(contact.Email)}, phone = {AccountBook.Blank(contact.Phone)},
                is_invoice_recipient = {contact.IsInvoiceRecipient}, version = version + 1
            where contact_id = {id} and account_id = {account.Value} and version = {version}
            """, cancellationToken);
        return rows == 1 ? version + 1 : await StaleAsync(db, id, cancellationToken);
    }

    /// <summary>Removes a contact of an account; the audit trail keeps who it was.</summary>
    /// <returns>The version removed, or why not.</returns>
    public static async Task<Result<int>> RemoveAsync(TenantDb db, AccountId account, long id, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync(
            $"delete from customers.contact where contact_id = {id} and account_id = {account.Value} and version = {version}", cancellationToken), cancellationToken);
        if (refusal is not null) return new Failure("records.in-use", "This contact is still used elsewhere, for example to sign in to the portal. End that first.");
        return rows == 1 ? version : await StaleAsync(db, id, cancellationToken);
    }

    private static Task<Failure> StaleAsync(TenantDb db, long id, CancellationToken cancellationToken) =>
        LastChange.RefuseAsync(db, "customers.contact", "contact_id", id, "This contact", cancellationToken);
}
