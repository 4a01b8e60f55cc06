using System.Globalization;
using System.Text.Json;
using Billing.Delivery.Documents;
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
            select i.run_id, i.number, i.sequence, a.number, a.name, i.invoice_date, i.due_on, i.net, i.vat, i.gross, i.posted_at, i.calls, i.seconds, i.series
            from invoicing.invoice i
            join customers.account a using (tenant_id, account_id)
            where {run?.Value}::bigint is null or i.run_id = {run?.Value}::bigint
            order by i.series, i.sequence
            """, Read, cancellationToken);
    }

    /// <summary>A run's invoices over the most money, the largest net first.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="run">Of which run.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<IssuedInvoice>> LargestAsync(TenantDb db, BillingRunId run, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select i.run_id, i.number, i.sequence, a.number, a.name, i.invoice_date, i.due_on, i.net, i.vat, i.gross, i.posted_at, i.calls, i.seconds, i.series
            from invoicing.invoice i
            join customers.account a using (tenant_id, account_id)
            where i.run_id = {run.Value} order by i.net desc, i.series, i.sequence limit {most}
            """, Read, cancellationToken);
    }

    /// <summary>How many of a run's invoices have their PDF.</summary>
    public static async Task<int> PrintedAsync(TenantDb db, BillingRunId run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var subjects = await db.QueryAsync($"select number from invoicing.invoice where run_id = {run.Value}", row => IssuedInvoice.SubjectOf(row.Text(0)), cancellationToken);
        return await DocumentStore.CountAsync(db, subjects, InvoicePrinting.MediaType, cancellationToken);
    }

    /// <summary>A piece of the register, walked in the order of series and sequence.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="run">Of this run only; null for all.</param>
    /// <param name="account">Of the account with this number only; null for all.</param>
    /// <param name="since">Posted at this instant or later; null for all.</param>
    /// <param name="after"><see cref="KeyOf"/> of the last one before the piece; null for the beginning.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static Task<List<IssuedInvoice>> WalkAsync(
        TenantDb db, long? run, string? account, DateTimeOffset? since, string? after, int limit, CancellationToken cancellationToken) => db.QueryAsync($"""
        select i.run_id, i.number, i.sequence, a.number, a.name, i.invoice_date, i.due_on, i.net, i.vat, i.gross, i.posted_at, i.calls, i.seconds, i.series
        from invoicing.invoice i
        join customers.account a using (tenant_id, account_id)
        where ({run}::bigint is null or i.run_id = {run}::bigint)
          and ({account}::text is null or a.number = {account}::text)
          and ({since?.UtcDateTime}::timestamptz is null or i.posted_at >= {since?.UtcDateTime}::timestamptz)
          and ({after}::text is null or (i.series collate "C", i.sequence) > (split_part({after}::text, '/', 1) collate "C", split_part({after}::text, '/', 2)::bigint))
        order by i.series collate "C", i.sequence limit {limit}
        """, Read, cancellationToken);

    /// <summary>An invoice's place in the walk.</summary>
    internal static string KeyOf(IssuedInvoice invoice) => string.Create(CultureInfo.InvariantCulture, $"{invoice.Series}/{invoice.Sequence}");

    private static IssuedInvoice Read(Row row) => new(new BillingRunId(row.Long(0)), row.Text(1), row.Text(13), row.Long(2), row.Text(3), row.Text(4), row.Date(5), row.Date(6),
        row.Decimal(7), row.Decimal(8), row.Decimal(9), row.Instant(10), row.Long(11), row.Long(12));

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

    /// <summary>The id of the invoice with a number; null when there is none.</summary>
    public static async Task<long?> FindIdAsync(TenantDb db, string number, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"select invoice_id from invoicing.invoice where number = {number}", row => (long?)row.Long(0), cancellationToken);
    }

    /// <summary>The run that made an invoice which is known to exist.</summary>
    public static async Task<BillingRunId> RunOfAsync(TenantDb db, string number, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new BillingRunId(await db.ScalarAsync<long>($"select run_id from invoicing.invoice where number = {number}", cancellationToken));
    }
}
