using Billing.Tenancy.Data;

namespace Billing.Customers.Accounts;

/// <summary>A tenant's accounts.</summary>
public static class AccountList
{
    /// <summary>Opens an account with its sites and contacts.</summary>
    public static async Task<AccountId> AddAsync(TenantDb db, NewAccount account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(account);
        var id = await db.ScalarAsync<long>($"""
            insert into customers.account (number, name, tariff_id, tax_treatment, vat_number, payment_method, delivery, is_itemised, invoice_message, payment_days, started_on, ended_on)
            values ({account.Number}, {account.Name}, {account.TariffId}, {account.TaxTreatment}, {account.VatNumber}, {account.PaymentMethod}, {account.Delivery},
                    {account.IsItemised}, {account.InvoiceMessage}, {account.PaymentDays}, {account.StartedOn}, {account.EndedOn})
            returning account_id
            """, cancellationToken);
        foreach (var site in account.Sites)
            await db.ExecuteAsync($"insert into customers.site (account_id, name, address, is_billing) values ({id}, {site.Name}, {site.Address.ToArray()}, {site.IsBilling})", cancellationToken);
        foreach (var contact in account.Contacts)
            await db.ExecuteAsync($"""
                insert into customers.contact (account_id, name, email, phone, is_invoice_recipient)
                values ({id}, {contact.Name}, {contact.Email}, {contact.Phone}, {contact.IsInvoiceRecipient})
                """, cancellationToken);
        return new AccountId(id);
    }

    /// <summary>All accounts, in the order of their numbers.</summary>
    public static async Task<IReadOnlyList<Account>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select a.account_id, a.number, a.name, a.tariff_id, a.tax_treatment, a.vat_number, a.payment_method, a.delivery, a.is_itemised, a.invoice_message,
                   a.payment_days, a.started_on, a.ended_on, coalesce(s.address, array[]::text[])
            from customers.account a
            left join customers.site s on s.tenant_id = a.tenant_id and s.account_id = a.account_id and s.is_billing
            order by a.number collate "C"
            """,
            row => new Account(new AccountId(row.Long(0)), row.Text(1), row.Text(2), row.Maybe<long?>(3), row.Text(4), row.MaybeText(5), row.Text(6), row.Text(7), row.Bool(8),
                row.MaybeText(9), row.Int(10), row.Date(11), row.Maybe<DateOnly?>(12), row.Get<string[]>(13)),
            cancellationToken);
    }
}
