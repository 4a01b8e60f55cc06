using Billing.Delivery.Documents;
using Billing.Delivery.Rendering;
using Billing.Delivery.Templates;
using Billing.Host.Commands;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Tenancy.Tenants;

namespace Billing.Host.Demo;

/// <summary>
/// A billing run from its dates to its PDFs. Interrupted anywhere, it goes on where it stopped; asked again for a run that is completed, it
/// bills nothing.
/// </summary>
internal sealed class DemoBilling(Installation installation, Tenant tenant)
{
    private const string Clerk = "Demo clerk";

    public async Task<BillingRun> RunAsync(BillingRunFields fields, CancellationToken cancellationToken)
    {
        var book = new BillingRunBook(installation.Database, installation.Clock);
        var earlier = (await book.ListAsync(tenant, cancellationToken)).FirstOrDefault(r => r.Fields == fields && r.Status == BillingRunStatus.Completed);
        if (earlier is not null) return earlier;

        var run = (await book.OpenAsync(tenant, fields, cancellationToken)).ValueOrThrow();
        var hash = run.DraftHash;
        if (run.Status == BillingRunStatus.Pending)
        {
            hash = (await book.DraftAsync(tenant, run.Id, cancellationToken)).ValueOrThrow().Hash;
            foreach (var gate in RunGate.All) await book.ConfirmAsync(tenant, run.Id, gate, Clerk, cancellationToken);
            run = (await book.RequestAsync(tenant, run.Id, hash, cancellationToken)).ValueOrThrow();
        }

        var accounts = await CountAccountsAsync(cancellationToken);
        using var bar = new ProgressBar($"Posting invoices of {fields.InvoiceDate:yyyy-MM-dd}", accounts, installation.Clock);
        var outcome = (await new RunPosting(installation.Database, installation.Clock)
            .PostAsync(tenant, run.Id, TemplateSet.Read(Home.File(RunCommands.StandardTemplate)), bar, cancellationToken)).ValueOrThrow();
        foreach (var parked in outcome.Parked) Console.Error.WriteLine($"  account {parked.Number} {parked.Name} is parked: {parked.Reason}");
        return (await book.ListAsync(tenant, cancellationToken)).Single(r => r.Id == run.Id);
    }

    /// <summary>Prints what has no PDF yet and writes every PDF to a folder.</summary>
    public async Task PrintAsync(string folder, CancellationToken cancellationToken)
    {
        IReadOnlyList<IssuedInvoice> invoices;
        await using (var db = await installation.Database.BeginAsync(tenant.Id, cancellationToken))
            invoices = await InvoiceRegister.ListAsync(db, null, cancellationToken);

        await using var printer = new PdfPrinter(new PdfPrinterSettings());
        using (var bar = new ProgressBar("Printing PDFs", invoices.Count, installation.Clock))
        {
            var failures = await new InvoicePrinting(installation.Database, printer, installation.Clock).PrintAsync(tenant, null, Environment.ProcessorCount, bar, cancellationToken);
            foreach (var failure in failures) Console.Error.WriteLine("  " + failure);
            if (failures.Count > 0) throw new InvalidOperationException($"{failures.Count} invoice(s) could not be printed; the others are. Mend the cause and run again.");
        }

        Directory.CreateDirectory(folder);
        await using var reading = await installation.Database.BeginAsync(tenant.Id, cancellationToken);
        foreach (var invoice in invoices)
        {
            var document = await DocumentStore.FindAsync(reading, invoice.Subject, InvoicePrinting.MediaType, cancellationToken)
                ?? throw new InvalidOperationException($"{invoice.Number} has no PDF.");
            await File.WriteAllBytesAsync(Path.Combine(folder, document.FileName), document.Content, cancellationToken);
        }
    }

    private async Task<int> CountAccountsAsync(CancellationToken cancellationToken)
    {
        await using var db = await installation.Database.BeginAsync(tenant.Id, cancellationToken);
        return (await Customers.Accounts.AccountList.LoadAsync(db, cancellationToken)).Count;
    }
}
