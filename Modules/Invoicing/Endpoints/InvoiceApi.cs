using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Delivery.Documents;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Billing.Invoicing.Endpoints;

/// <summary><c>/api/v1/invoices</c>.</summary>
static class InvoiceApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var invoices = api.MapGroup("/invoices").WithTags("Invoices");
        invoices.MapGet("", ListAsync).As("listInvoices", "Posted invoices, in the order of their numbers.", Permission.ViewBilling, new("/invoices?limit=10")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        invoices.MapGet("/{number}", GetAsync).As("getInvoice", "An invoice as it was posted: everything that is printed on it.", Permission.ViewBilling, new("/invoices/INV-000001"));
        invoices.MapGet("/{number}/pdf", PdfAsync).As("getInvoicePdf", "The stored PDF; its hash is the ETag.", Permission.ViewBilling, new("/invoices/INV-000001/pdf"))
            .Produces<Stream>(StatusCodes.Status200OK, InvoicePrinting.MediaType);
    }

    static async Task<Results<Ok<Page<InvoiceView>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery query, long? run, string? account, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        await using var db = await current.BeginAsync(cancellationToken);
        var rows = await InvoiceRegister.WalkAsync(db, run, account, query.UpdatedSince, query.AfterKey, query.Fetch, cancellationToken);
        return TypedResults.Ok(query.Cut(rows, InvoiceRegister.KeyOf, invoice => InvoiceView.Of(invoice, current.Tenant.Currency.Code)));
    }

    static async Task<Results<Ok<InvoiceDocument>, ProblemHttpResult>> GetAsync(string number, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await InvoiceRegister.FindAsync(db, number, cancellationToken) is { } invoice ? TypedResults.Ok(invoice.Document) : Problem.NotFound($"invoice '{number}'");
    }

    static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PdfAsync(string number, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await DocumentStore.FindAsync(db, IssuedInvoice.SubjectOf(number), InvoicePrinting.MediaType, cancellationToken) is { } pdf
            ? TypedResults.Bytes(pdf.Content, pdf.MediaType, pdf.FileName, entityTag: new EntityTagHeaderValue($"\"{pdf.Hash}\""), enableRangeProcessing: true)
            : Problem.NotFound($"PDF of an invoice '{number}'");
    }
}
