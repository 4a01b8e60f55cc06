using Microsoft.AspNetCore.Http;

namespace Billing.Host.Web;

/// <summary>What every answer says about how it may be used.</summary>
internal sealed class ResponseHeaders(RequestDelegate next)
{
    // Scripts and styles are files of ours; nothing is inline and nothing is evaluated. The style kit has its icons as data: pictures.
    // Frames are for the PDF on an invoice's page.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // A browser shows a PDF with a page of its own, which the strict policy would leave empty.
    private const string PdfPolicy = "frame-ancestors 'self'";

    public Task InvokeAsync(HttpContext context)
    {
        // Set as the answer begins: an error page wipes what was set before.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            var isPdf = context.Response.ContentType == "application/pdf";
            headers.ContentSecurityPolicy = isPdf ? PdfPolicy : PagePolicy;
            headers.XFrameOptions = isPdf ? "SAMEORIGIN" : "DENY";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            // Customers' data: not kept on disk by the browser, unless the answer knows better.
            if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
