using Billing.Delivery.Documents;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Endpoints;
using Billing.Invoicing.Invoices;
using Billing.Invoicing.Pages.Runs;
using Billing.Screens;
using Billing.Spreadsheets;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Billing.Invoicing;

/// <summary>What the module serves besides its pages.</summary>
public static class InvoicingEndpoints
{
    /// <summary>Adds the invoices' PDFs and the exports.</summary>
    public static void MapInvoicing(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapFile("/invoices/{number}/pdf", PdfAsync).Demand(Permission.ViewBilling);
        routes.MapFile("/runs/{id:long}/invoices.{form}", InvoicesAsync).Demand(Permission.ViewBilling).Demand(Permission.Export);
        routes.MapFile("/runs/{id:long}/pdfs.zip", InvoiceArchive.GetAsync).Demand(Permission.ViewBilling).Demand(Permission.Export);
    }

    /// <summary>Adds the module's part of the API.</summary>
    public static void MapInvoicingApi(this IEndpointRouteBuilder api)
    {
        InvoiceApi.Map(api);
        RunApi.Map(api);
        RunWorkApi.Map(api);
        MarginApi.Map(api);
    }

    /// <summary>The stored bytes, under their hash: a browser that has them asks whether they are still the same and gets none again.</summary>
    private static async Task<IResult> PdfAsync(HttpContext context, CurrentTenant current)
    {
        var cancellationToken = context.RequestAborted;
        await using var db = await current.BeginAsync(cancellationToken);
        if (await DocumentStore.FindAsync(db, IssuedInvoice.SubjectOf(context.Routed("number")), InvoicePrinting.MediaType, cancellationToken) is not { } pdf) return TypedResults.NotFound();
        // Shown in the page rather than saved, under the name it was issued with.
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = pdf.FileName }.ToString();
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(pdf.Content, pdf.MediaType, entityTag: new EntityTagHeaderValue($"\"{pdf.Hash}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> InvoicesAsync(HttpContext context, CurrentTenant current)
    {
        var (id, cancellationToken) = (context.RoutedId("id"), context.RequestAborted);
        if (TableWriter.Of(context.Routed("form"), $"Invoices of run {id}") is not { } table) return TypedResults.NotFound();
        await using var db = await current.BeginAsync(cancellationToken);
        var run = new BillingRunId(id);
        if (await RunReview.FindAsync(db, run, cancellationToken) is null) return TypedResults.NotFound();
        foreach (var heading in (string[])["number", "account", "name", "invoice_date", "due_on", "net", "vat", "gross", "currency", "calls", "seconds"]) table.Text(heading);
        table.EndRow();
        foreach (var invoice in await InvoiceList.LoadAsync(db, run, ListQuery.Read(context.Request.Query, InvoiceList.Sorts, int.MaxValue), cancellationToken))
            table.Text(invoice.Number).Text(invoice.AccountNumber).Text(invoice.AccountName).Date(invoice.InvoiceDate).Date(invoice.DueOn)
                .Number(invoice.Net).Number(invoice.Vat).Number(invoice.Gross).Text(current.Tenant.Currency.Code).Number(invoice.Calls).Number(invoice.Seconds).EndRow();
        return TypedResults.File(table.ToBytes(), table.MediaType, $"run-{id}-invoices{table.Extension}");
    }
}
