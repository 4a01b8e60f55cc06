using System.IO.Compression;
using Billing.Delivery.Documents;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Invoices;
using Billing.Screens;
using Microsoft.AspNetCore.Http;

namespace Billing.Invoicing.Documents;

/// <summary>All PDFs of a run as one ZIP, written while it is sent: one document in memory at a time, whatever the run's size.</summary>
internal static class InvoiceArchive
{
    public static async Task<IResult> GetAsync(HttpContext context, CurrentTenant current)
    {
        var (id, cancellationToken) = (context.RoutedId("id"), context.RequestAborted);
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
        using var tray = new Tray();
        using (var archive = new ZipArchive(tray, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var invoice in invoices)
            {
                // A short transaction each: a slow download must not hold one open.
                await using (var db = await current.BeginAsync(cancellationToken))
                {
                    if (await DocumentStore.FindAsync(db, invoice.Subject, InvoicePrinting.MediaType, cancellationToken) is not { } pdf) continue;
                    var entry = archive.CreateEntry(pdf.FileName, CompressionLevel.Fastest);
                    entry.LastWriteTime = new DateTimeOffset(invoice.InvoiceDate.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
                    using var content = entry.Open();
                    content.Write(pdf.Content);
                }
                await tray.EmptyAsync(output, cancellationToken);
            }
        await tray.EmptyAsync(output, cancellationToken);
    }

    /// <summary>Takes what the archive writes, which is not all asynchronous, until it is sent. It can't be gone back in, so the archive writes straight on.</summary>
    private sealed class Tray : Stream
    {
        private readonly MemoryStream held = new();

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public async Task EmptyAsync(Stream output, CancellationToken cancellationToken)
        {
            await output.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), cancellationToken);
            held.SetLength(0);
        }

        public override void Write(byte[] buffer, int offset, int count) => held.Write(buffer, offset, count);
        public override void Write(ReadOnlySpan<byte> buffer) => held.Write(buffer);
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) held.Dispose();
            base.Dispose(disposing);
        }
    }
}
