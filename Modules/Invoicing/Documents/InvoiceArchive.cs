using System.IO.Compression;
using Billing.Delivery.Documents;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Invoices;
using Billing.Screens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Invoicing.Documents;

/// <summary>All PDFs of a run as one ZIP, written while it is sent: one document in memory at a time, whatever the run's size.</summary>
internal static class InvoiceArchive
{
    public static async Task<Results<PushStreamHttpResult, NotFound>> GetAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        IReadOnlyList<IssuedInvoice> invoices;
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            if (await RunReview.FindAsync(db, new BillingRunId(id), cancellationToken) is null) return TypedResults.NotFound();
            var printed = await DocumentStore.HashesAsync(db, InvoicePrinting.MediaType, cancellationToken);
            invoices = [.. (await InvoiceRegister.ListAsync(db, new BillingRunId(id), cancellationToken)).Where(invoice => printed.ContainsKey(invoice.Subject))];
        }
        if (invoices.Count == 0) return TypedResults.NotFound();
        return TypedResults.Stream(output => WriteAsync(output, invoices, current, cancellationToken), "application/zip", $"run-{id}-invoices.zip");
    }

    private static async Task WriteAsync(Stream output, IReadOnlyList<IssuedInvoice> invoices, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var archive = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var invoice in invoices)
        {
            // A short transaction each: a slow download must not hold one open.
            await using var db = await current.BeginAsync(cancellationToken);
            if (await DocumentStore.FindAsync(db, invoice.Subject, InvoicePrinting.MediaType, cancellationToken) is not { } pdf) continue;
            var entry = archive.CreateEntry(pdf.FileName, CompressionLevel.Fastest);
            entry.LastWriteTime = new DateTimeOffset(invoice.InvoiceDate.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            await using var content = await entry.OpenAsync(cancellationToken);
            await content.WriteAsync(pdf.Content, cancellationToken);
        }
    }
}
