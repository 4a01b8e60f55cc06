using System.Globalization;
using Billing.Delivery.Documents;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Ledger.Journal;
using Billing.Tenancy.Data;
using Billing.Usage.Allowances;
using Billing.Usage.RatedCalls;

namespace Billing.Invoicing.Verification;

/// <summary>
/// Checks a tenant's books from the outside, by adding everything up again: lines in = lines out, calls = invoices = ledger, numbers
/// without gaps, documents with the hashes they were stored with.
/// </summary>
public static class BooksCheck
{
    /// <summary>Runs every check.</summary>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static async Task<IReadOnlyList<Finding>> RunAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var findings = new List<Finding>();
        foreach (var file in (await UsageBalance.LoadAsync(db, null, cancellationToken)).Where(f => !f.IsBalanced))
            Add(findings, "verify.lines", $"File '{file.Name}' has {file.Lines} lines, and {file.Lines - file.Skipped - file.Billed - file.InAllowance - file.ZeroRated - file.Excluded - file.Duplicate - file.Error - file.Open} of them are in no state.");

        foreach (var file in await UsageTally.DisagreementsAsync(db, cancellationToken))
            Add(findings, "verify.tally", $"What is kept of file '{file}' is not what its calls count up to. Pages that show it are wrong; invoices are made from the calls themselves.");

        var invoices = await InvoiceRegister.ListAsync(db, null, cancellationToken);
        for (var i = 0; i < invoices.Count; i++)
            if (invoices[i].Sequence != i + 1)
            {
                Add(findings, "verify.gap", $"Invoice number {invoices[i].Number} follows {(i == 0 ? "nothing" : invoices[i - 1].Number)}: there is a gap.");
                break;
            }

        await CheckLedgerAsync(db, invoices, findings, cancellationToken);
        await CheckInvoicesAsync(db, invoices, findings, cancellationToken);
        await CheckClaimsAsync(db, findings, cancellationToken);
        foreach (var wrong in await AllowanceCheck.RunAsync(db, cancellationToken)) Add(findings, "verify.allowances", $"{wrong}");
        return findings;
    }

    private static async Task CheckLedgerAsync(TenantDb db, IReadOnlyList<IssuedInvoice> invoices, List<Finding> findings, CancellationToken cancellationToken)
    {
        var balances = await JournalBook.BalancesAsync(db, cancellationToken);
        if (balances.Values.Sum() is not 0 and var off) Add(findings, "verify.ledger", $"The ledger sums to {off}, not to zero.");
        var receivables = balances.GetValueOrDefault(LedgerAccounts.Receivables);
        if (receivables != invoices.Sum(i => i.Gross)) Add(findings, "verify.receivables", $"Receivables are {receivables}, the invoices add up to {invoices.Sum(i => i.Gross)}.");
        if (-balances.GetValueOrDefault(LedgerAccounts.VatOutput) != invoices.Sum(i => i.Vat))
            Add(findings, "verify.vat", $"VAT in the ledger is {-balances.GetValueOrDefault(LedgerAccounts.VatOutput)}, on the invoices {invoices.Sum(i => i.Vat)}.");
    }

    private static async Task CheckInvoicesAsync(TenantDb db, IReadOnlyList<IssuedInvoice> invoices, List<Finding> findings, CancellationToken cancellationToken)
    {
        var documents = await DocumentStore.HashesAsync(db, InvoicePrinting.MediaType, cancellationToken);
        foreach (var invoice in invoices)
        {
            try
            {
                var document = (await InvoiceRegister.FindAsync(db, invoice.Number, cancellationToken))!.Document;
                if (document.Lines.Sum(l => l.Net) != document.Net || document.Net + document.Vat != document.Gross || document.Taxes.Sum(t => t.Vat) != document.Vat)
                    Add(findings, "verify.sums", $"The figures of {invoice.Number} do not add up.");
                if ((document.Net, document.Vat, document.Gross) != (invoice.Net, invoice.Vat, invoice.Gross)) Add(findings, "verify.figures", $"The figures of {invoice.Number} differ between its register entry and its document.");
                if ((document.Usage?.Calls ?? 0) != invoice.Calls || (document.Usage?.Seconds ?? 0) != invoice.Seconds)
                    Add(findings, "verify.calls", $"{invoice.Number} shows {document.Usage?.Calls ?? 0} calls and {document.Usage?.Seconds ?? 0} s; {invoice.Calls} calls and {invoice.Seconds} s are kept of it.");
                if (documents.ContainsKey(invoice.Subject)) await DocumentStore.FindAsync(db, invoice.Subject, InvoicePrinting.MediaType, cancellationToken);
                else Add(findings, "verify.no-pdf", $"{invoice.Number} has no PDF yet.");
            }
            catch (InvalidDataException e)
            {
                Add(findings, "verify.changed", $"{e.Message}");
            }
        }
    }

    // The invoice lines are computed in memory; the sums here are the database's own, over the calls themselves.
    private static async Task CheckClaimsAsync(TenantDb db, List<Finding> findings, CancellationToken cancellationToken)
    {
        var rows = await db.QueryAsync($"""
            select i.number, coalesce(l.net, 0), coalesce(c.charge, 0)
            from invoicing.invoice i
            left join (select tenant_id, invoice_id, sum(net) net from invoicing.invoice_line where kind = 'usage' group by tenant_id, invoice_id) l using (tenant_id, invoice_id)
            left join (select tenant_id, invoice_id, sum(round(charge, 2)) charge
                       from (select tenant_id, invoice_id, service_id, sum(charge) charge from usage.call where invoice_id is not null group by tenant_id, invoice_id, service_id) s
                       group by tenant_id, invoice_id) c using (tenant_id, invoice_id)
            where coalesce(l.net, 0) <> coalesce(c.charge, 0)
            """, row => (Number: row.Text(0), Lines: row.Decimal(1), Calls: row.Decimal(2)), cancellationToken);
        foreach (var (number, lines, calls) in rows) Add(findings, "verify.usage", $"{number} bills {lines} for calls, and its calls add up to {calls}.");

        var counts = await db.QueryAsync($"""
            select i.number, i.calls, i.seconds, coalesce(c.calls, 0), coalesce(c.seconds, 0)
            from invoicing.invoice i
            left join (select tenant_id, invoice_id, count(*) calls, coalesce(sum(seconds), 0) seconds from usage.call where invoice_id is not null group by tenant_id, invoice_id) c
                 using (tenant_id, invoice_id)
            where (i.calls, i.seconds) is distinct from (coalesce(c.calls, 0), coalesce(c.seconds, 0))
            """, row => (Number: row.Text(0), Calls: row.Long(1), Seconds: row.Long(2), Claimed: row.Long(3), Answered: row.Long(4)), cancellationToken);
        foreach (var c in counts) Add(findings, "verify.calls", $"{c.Number} has {c.Calls} calls and {c.Seconds} s; {c.Claimed} calls and {c.Answered} s are claimed for it.");

        var runs = await db.QueryAsync($"""
            select r.run_id from invoicing.billing_run r
            where r.status in ('running', 'completed') and exists (
                select destination
                from (select destination, calls, seconds, charge from invoicing.run_destination d where d.run_id = r.run_id
                      union all
                      select destination, -calls, -seconds, -charge from invoicing.count_destinations(r.run_id)) d
                group by destination having sum(calls) <> 0 or sum(seconds) <> 0 or sum(charge) <> 0)
            """, row => row.Long(0), cancellationToken);
        foreach (var run in runs) Add(findings, "verify.destinations", $"What is kept of run {run} by destination is not what its calls add up to.");
    }

    private static void Add(List<Finding> findings, string code, FormattableString message) => findings.Add(new Finding(code, message.ToString(CultureInfo.InvariantCulture)));
}
