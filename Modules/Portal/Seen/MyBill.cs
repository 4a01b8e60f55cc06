using Billing.Abstractions.Values;
using Billing.Delivery.Documents;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Tenancy.Data;

namespace Billing.Portal.Seen;

/// <summary>A bill that the person who asks may see.</summary>
/// <param name="Number">Its legal number.</param>
/// <param name="AccountNumber">The account.</param>
/// <param name="AccountName">The customer's name.</param>
/// <param name="InvoiceDate">The printed date.</param>
/// <param name="DueOn">Payable by.</param>
/// <param name="Currency">What it is in.</param>
/// <param name="Net">Without VAT.</param>
/// <param name="Vat">VAT.</param>
/// <param name="Gross">To pay.</param>
/// <param name="HasDocument">There is a document they may have.</param>
internal sealed record MyBill(string Number, string AccountNumber, string AccountName, DateOnly InvoiceDate, DateOnly DueOn, Currency Currency, decimal Net, decimal Vat, decimal Gross, bool HasDocument)
{
    /// <summary>Bills, the newest first.</summary>
    /// <param name="db">The tenant, on behalf of the person.</param>
    /// <param name="account">Number of one account, or null for all.</param>
    /// <param name="skip">Bills to leave out from the beginning.</param>
    /// <param name="take">Bills at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<List<MyBill>> LoadAsync(TenantDb db, string? account, long skip, int take, CancellationToken cancellationToken) => db.QueryAsync($"""
        select b.number, b.account_number, b.account_name, b.invoice_date, b.due_on, b.currency, b.net, b.vat, b.gross,
               exists (select from portal.my_document d where d.tenant_id = b.tenant_id and d.invoice_id = b.invoice_id)
        from (select * from portal.my_bill where {account}::text is null or account_number = {account}
              order by invoice_date desc, series, sequence desc offset {skip} limit {take}) b
        order by b.invoice_date desc, b.series, b.sequence desc
        """, Read, cancellationToken);

    /// <summary>How many there are.</summary>
    public static Task<long> CountAsync(TenantDb db, string? account, CancellationToken cancellationToken) =>
        db.ScalarAsync<long>($"select count(*) from portal.my_bill where {account}::text is null or account_number = {account}", cancellationToken);

    /// <summary>A bill by its number; null where there is none, or none for this person.</summary>
    public static Task<MyBill?> FindAsync(TenantDb db, string number, CancellationToken cancellationToken) => db.FindAsync($"""
        select b.number, b.account_number, b.account_name, b.invoice_date, b.due_on, b.currency, b.net, b.vat, b.gross,
               exists (select from portal.my_document d where d.tenant_id = b.tenant_id and d.invoice_id = b.invoice_id)
        from portal.my_bill b where b.number = {number}
        """, Read, cancellationToken);

    /// <summary>What it says, as it was posted.</summary>
    public async Task<InvoiceDocument> ContentAsync(TenantDb db, CancellationToken cancellationToken) => (await InvoiceRegister.FindAsync(db, Number, cancellationToken))!.Document;

    /// <summary>The document as it was issued; null where there is none, or none for this person.</summary>
    public async Task<StoredDocument?> DocumentAsync(TenantDb db, CancellationToken cancellationToken)
    {
        var subject = await db.FindAsync($"select subject from portal.my_document where number = {Number} and media_type = {InvoicePrinting.MediaType}", row => row.Text(0), cancellationToken);
        return subject is null ? null : await DocumentStore.FindAsync(db, subject, InvoicePrinting.MediaType, cancellationToken);
    }

    /// <summary>What was billed by day of invoice, the oldest first: for the picture.</summary>
    public static async Task<IReadOnlyList<(DateOnly Day, decimal Gross)>> RecentAsync(TenantDb db, int bills, CancellationToken cancellationToken)
    {
        var recent = await db.QueryAsync($"select invoice_date, sum(gross) from portal.my_bill group by invoice_date order by invoice_date desc limit {bills}",
            row => (row.Date(0), row.Decimal(1)), cancellationToken);
        recent.Reverse();
        return recent;
    }

    private static MyBill Read(Row row) =>
        new(row.Text(0), row.Text(1), row.Text(2), row.Date(3), row.Date(4), Currency.Of(row.Text(5)), row.Decimal(6), row.Decimal(7), row.Decimal(8), row.Bool(9));
}
