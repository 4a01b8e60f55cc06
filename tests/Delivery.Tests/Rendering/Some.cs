using System.Globalization;
using System.Text;
using Billing.Abstractions.Values;
using Billing.Delivery.Rendering;

namespace Billing.Delivery.Tests.Rendering;

static class Some
{
    public static readonly PdfOptions Options = new(new DateTimeOffset(2026, 4, 30, 23, 15, 42, TimeSpan.FromHours(1)));

    /// <summary>Prints one document that has no reason to fail.</summary>
    public static Task<byte[]> PdfAsync(this PdfPrinter printer, string html, PdfOptions? options = null, CancellationToken cancellationToken = default) =>
        printer.PrintAsync(html, options ?? Options, cancellationToken);

    public static Failure FailureOf<T>(Result<T> result)
    {
        result.TryGet(out _, out var failure).ShouldBeFalse();
        return failure!;
    }

    public static string Page(string body, string head = "") =>
        $"<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>A page</title>{head}</head><body>{body}</body></html>";

    /// <summary>An ordinary invoice: a logo, an address, a table of calls, page numbers at the foot.</summary>
    public static string Invoice(int number, int calls)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $$"""
            <!DOCTYPE html>
            <html lang="en-GB"><head><meta charset="utf-8"><title>Invoice INV-{{number:D5}}</title>
            <meta name="billing-print" content="joinable">
            <style>
              @page { size: A4; margin: 18mm 15mm 20mm; @bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 8pt } }
              body { font: 9pt "DejaVu Sans", sans-serif; margin: 0 }
              table { border-collapse: collapse; width: 100% } th { text-align: left; border-bottom: 1px solid #888 }
              td.money { text-align: right } thead { display: table-header-group } tr { break-inside: avoid }
            </style></head>
            <body><svg width="90" height="30"><rect width="90" height="30" rx="6" fill="#225588"/></svg>
            <h1>Invoice INV-{{number:D5}}</h1><p>Café Zoë Ltd<br>{{number}} High Street<br>Kraków Łódź</p>
            <table><thead><tr><th>Date</th><th>Number</th><th>Destination</th><th>Seconds</th><th>Charge</th></tr></thead><tbody>

            """);
        for (var call = 0; call < calls; call++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>2026-04-{call % 30 + 1:D2}</td><td>0{(number * 7919L + call * 104729L) % 10_000_000_000L:D10}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>UK Landline</td><td>{call * 37 % 600}</td><td class=\"money\">£{call * 13 % 900 / 100m:F2}</td></tr>\n");
        }
        return html.Append("</tbody></table><p>Thank you.</p></body></html>").ToString();
    }
}
