using System.Text;
using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Usage.CarrierCharges;

/// <summary>Carriers' invoices, against which the sums of their files are held.</summary>
public static class CarrierInvoiceBook
{
    /// <summary>The invoice for a file; null where nobody has typed it in.</summary>
    public static Task<CarrierInvoice?> FindAsync(TenantDb db, long fileId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"select file_id, number, net, currency, version from usage.carrier_invoice where file_id = {fileId}",
            row => new CarrierInvoice(row.Long(0), row.Text(1), row.Decimal(2), row.Text(3), row.Int(4)), cancellationToken);
    }

    /// <summary>Keeps the invoice for a file, or changes it.</summary>
    /// <param name="db">The tenant; the caller commits.</param>
    /// <param name="invoice">Its version is the one that was read; 0 for a new one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What is there now; <c>charges.no-file</c>, <c>charges.bad-invoice</c>, or who changed it meanwhile.</returns>
    public static async Task<Result<CarrierInvoice>> SaveAsync(TenantDb db, CarrierInvoice invoice, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(invoice);
        var number = invoice.Number.Trim();
        if (number.Length is 0 or > 100) return new Failure("charges.bad-invoice", "The carrier's invoice number is missing, or longer than 100 characters.") { Field = "number" };
        if (Math.Abs(invoice.Net) > 999_999_999_999m || decimal.Round(invoice.Net, 2, MidpointRounding.AwayFromZero) != invoice.Net) return new Failure("charges.bad-invoice", "The amount is one of pounds and pence.") { Field = "net" };
        if (!Currency.TryParse(Encoding.UTF8.GetBytes(invoice.Currency), out var currency)) return new Failure("charges.bad-invoice", $"'{invoice.Currency}' is no currency such as GBP.") { Field = "currency" };
        if (!await db.ScalarAsync<bool>($"select exists (select from usage.cdr_file where file_id = {invoice.FileId} and kind = 'recurring')", cancellationToken))
            return new Failure("charges.no-file", $"There is no file {invoice.FileId} of recurring charges.");
        var rows = invoice.Version == 0
            ? await db.ExecuteAsync($"insert into usage.carrier_invoice (file_id, number, net, currency) values ({invoice.FileId}, {number}, {invoice.Net}, {currency.Code}) on conflict (tenant_id, file_id) do nothing", cancellationToken)
            : await db.ExecuteAsync($"update usage.carrier_invoice set number = {number}, net = {invoice.Net}, currency = {currency.Code}, version = version + 1 where file_id = {invoice.FileId} and version = {invoice.Version}", cancellationToken);
        return rows == 1
            ? (await FindAsync(db, invoice.FileId, cancellationToken))!
            : await LastChange.RefuseAsync(db, "usage.carrier_invoice", "file_id", invoice.FileId, "The carrier's invoice", cancellationToken);
    }
}
