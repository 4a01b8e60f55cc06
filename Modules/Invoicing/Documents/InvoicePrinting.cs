using Billing.Abstractions.Values;
using Billing.Delivery.Documents;
using Billing.Delivery.Rendering;
using Billing.Delivery.Templates;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Invoices;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;

namespace Billing.Invoicing.Documents;

/// <summary>Prints posted invoices that have no PDF yet. Killed in between, it goes on with those that are missing.</summary>
public sealed class InvoicePrinting(Database database, PdfPrinter printer, TimeProvider clock)
{
    /// <summary>The kind of document that is made.</summary>
    public const string MediaType = "application/pdf";

    /// <summary>In whose name it is done.</summary>
    public Actor Actor { get; init; } = Actor.System;

    /// <summary>Prints what is missing, of one run or of all.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="run">One run, or null for all.</param>
    /// <param name="parallel">Documents at once.</param>
    /// <param name="progress">Told after each document how many of the run have one.</param>
    /// <param name="cancellationToken">Stops after the documents at hand.</param>
    /// <returns>Documents that could not be made, with the reason; the others are not held up by them.</returns>
    public async Task<IReadOnlyList<Failure>> PrintAsync(Tenant tenant, BillingRunId? run, int parallel, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        IReadOnlyList<IssuedInvoice> missing;
        var done = 0;
        await using (var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken))
        {
            var printed = await DocumentStore.HashesAsync(db, MediaType, cancellationToken);
            var invoices = await InvoiceRegister.ListAsync(db, run, cancellationToken);
            missing = [.. invoices.Where(i => !printed.ContainsKey(i.Subject))];
            done = invoices.Count - missing.Count;
        }
        progress?.Report(done);

        var failures = new List<Failure>();
        var templates = new Dictionary<string, DocumentTemplate>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken }, async (invoice, token) =>
        {
            try
            {
                await PrintAsync(tenant, invoice, templates, token);
                progress?.Report(Interlocked.Increment(ref done));
            }
            catch (Exception problem) when (problem is PdfException or DocumentTemplateException)
            {
                lock (failures) failures.Add(new Failure(problem is PdfException pdf ? pdf.Code : "invoice.template-failed", $"{invoice.Number}: {problem.Message}"));
            }
        });
        return failures;
    }

    private async Task PrintAsync(Tenant tenant, IssuedInvoice invoice, Dictionary<string, DocumentTemplate> templates, CancellationToken cancellationToken)
    {
        FrozenInvoice frozen;
        DocumentTemplate template;
        await using (var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken))
        {
            frozen = (await InvoiceRegister.FindAsync(db, invoice.Number, cancellationToken))!;
            template = await TemplateAsync(db, frozen.TemplateHash, templates, cancellationToken);
        }
        var html = template.Render("invoice", frozen.Document);
        // Dated by the invoice, not by the clock: the same invoice gives the same bytes whenever it is printed.
        var pdf = await printer.PrintAsync(html, new PdfOptions(tenant.StartOf(frozen.Document.InvoiceDate)), cancellationToken);
        await using (var db = await database.BeginAsync(tenant.Id, Actor, cancellationToken))
        {
            await DocumentStore.KeepAsync(db, invoice.Subject, MediaType, invoice.Number + ".pdf", pdf, clock.GetUtcNow(), cancellationToken);
            await db.CommitAsync(cancellationToken);
        }
    }

    private static async Task<DocumentTemplate> TemplateAsync(TenantDb db, string hash, Dictionary<string, DocumentTemplate> templates, CancellationToken cancellationToken)
    {
        lock (templates)
            if (templates.TryGetValue(hash, out var known)) return known;
        var template = (await TemplateSet.LoadAsync(db, hash, cancellationToken)).Compile();
        lock (templates) templates[hash] = template;
        return template;
    }
}
