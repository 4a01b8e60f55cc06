using System.Text.Json;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Documents;
using Billing.Tenancy.Data;

namespace Billing.Invoicing.Invoices;

/// <summary>The posted invoices of a tenant.</summary>
public static class InvoiceRegister
{
    /// <summary>Invoices of one run or of all, in the order of their numbers.</summary>
    public static async Task<IReadOnlyList<IssuedInvoice>> ListAsync(TenantDb db, BillingRunId? run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select i.run_id, i.number, i.sequence, a.number, a.name, i.invoice_date, i.due_on, i.net, i.vat, i.gross, i.posted_at, coalesce(c.calls, 0), coalesce(c.seconds, 0)
            from invoicing.invoice i
            join customers.account a using (tenant_id, account_id)
            left join (select tenant_id, invoice_id, count(*) calls, sum(seconds) seconds from usage.call where invoice_id is not null group by tenant_id, invoice_id) c
                 using (tenant_id, invoice_id)
            where {run?.Value}::bigint is null or i.run_id = {run?.Value}::bigint
            order by i.series, i.sequence
            """,
            row => new IssuedInvoice(new BillingRunId(row.Long(0)), row.Text(1), row.Long(2), row.Text(3), row.Text(4), row.Date(5), row.Date(6),
                row.Decimal(7), row.Decimal(8), row.Decimal(9), row.Instant(10), row.Long(11), row.Long(12)), cancellationToken);
    }

    /// <summary>A posted invoice as data, as it was frozen; null when there is none with the number.</summary>
    /// <exception cref="InvalidDataException">It does not have the hash it was posted with.</exception>
    public static async Task<FrozenInvoice?> FindAsync(TenantDb db, string number, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"select model, model_hash, template_hash, posted_at from invoicing.invoice where number = {number}", row =>
        {
            var model = row.Text(0);
            if (ComputedInvoice.HashOf(model) != row.Text(1)) throw new InvalidDataException($"Invoice {number} is not as it was posted.");
            return new FrozenInvoice(JsonSerializer.Deserialize<InvoiceDocument>(model, ComputedInvoice.Json)!, row.Text(2), row.Instant(3));
        }, cancellationToken);
    }

    /// <summary>The run that made an invoice which is known to exist.</summary>
    public static async Task<BillingRunId> RunOfAsync(TenantDb db, string number, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new BillingRunId(await db.ScalarAsync<long>($"select run_id from invoicing.invoice where number = {number}", cancellationToken));
    }
}
