using System.Globalization;
using Billing.Portal.Seen;
using Billing.Screens;
using Billing.Screens.Colours;
using Billing.Spreadsheets;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Billing.Portal;

/// <summary>What the portal serves besides its pages: files to take away, and the brand as files.</summary>
public static class PortalEndpoints
{
    /// <summary>Adds them.</summary>
    public static void MapPortal(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapFile("/portal/bills/{number}/pdf", PdfAsync).Demand(Permission.UsePortal);
        routes.MapFile("/portal/bills/{number}/lines.csv", LinesAsync).Demand(Permission.UsePortal);
        routes.MapFile("/portal/bills/{number}/calls.csv", CallsOfBillAsync).Demand(Permission.UsePortal);
        routes.MapFile("/portal/calls.csv", CallsAsync).Demand(Permission.UsePortal);

        // Stored text is not trusted to be a colour: a style sheet could fetch and hide things.
        routes.MapFile("/brand.css", (_, current) => Found(
            TypedResults.Text(BrandPalette.Of(current.IsKnown ? current.Tenant.Brand.PrimaryColour : null, current.IsKnown ? current.Tenant.Brand.AccentColour : null).ToStyleSheet(), "text/css; charset=utf-8"))).OpenToAll();
        // Loaded by <img>, where an SVG can neither run script nor fetch anything; opened by itself, the page policy forbids both.
        routes.MapFile("/logo.svg", (_, current) => Found(
            current.IsKnown && current.Tenant.Brand.LogoSvg is { } logo ? TypedResults.Text(logo, "image/svg+xml; charset=utf-8") : TypedResults.NotFound())).OpenToAll();
        routes.MapFile("/favicon.svg", (_, current) => Found(current.IsKnown ? Icon(current) : TypedResults.NotFound())).OpenToAll();
        routes.MapFile("/favicon.ico", (_, current) => Found(current.IsKnown ? Icon(current) : TypedResults.NotFound())).OpenToAll();
        routes.MapFile("/robots.txt", (_, _) => Found(TypedResults.Text("User-agent: *\nDisallow: /\n", "text/plain; charset=utf-8"))).OpenToAll();

        static Task<IResult> Found(IResult file) => Task.FromResult(file);
    }

    /// <summary>The stored bytes, under their hash.</summary>
    private static async Task<IResult> PdfAsync(HttpContext context, CurrentTenant current)
    {
        var (number, cancellationToken) = (context.Routed("number"), context.RequestAborted);
        await using var db = await current.BeginAsync(cancellationToken);
        if (await MyBill.FindAsync(db, number, cancellationToken) is not { } bill || await bill.DocumentAsync(db, cancellationToken) is not { } pdf) return TypedResults.NotFound();
        db.Note(new Deed("bill.opened", "invoice", new { number }));
        await db.CommitAsync(cancellationToken);
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = pdf.FileName }.ToString();
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(pdf.Content, pdf.MediaType, entityTag: new EntityTagHeaderValue($"\"{pdf.Hash}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> LinesAsync(HttpContext context, CurrentTenant current)
    {
        var (number, cancellationToken) = (context.Routed("number"), context.RequestAborted);
        await using var db = await current.BeginAsync(cancellationToken);
        if (await MyBill.FindAsync(db, number, cancellationToken) is not { } bill) return TypedResults.NotFound();
        var content = await bill.ContentAsync(db, cancellationToken);
        var csv = new CsvWriter();
        Headings(csv, "bill", "account", "date", "line", "description", "for", "from", "through", "quantity", "vat_percent", "net", "currency");
        foreach (var line in content.Lines)
        {
            csv.Text(bill.Number).Text(bill.AccountNumber).Date(bill.InvoiceDate).Number(line.Line).Text(line.Description).Text(line.Service);
            if (line.Period is { } period) csv.Date(period.From).Date(period.Through);
            else csv.Text(null).Text(null);
            csv.Number(line.Quantity).Number(line.TaxRate).Number(line.Net).Text(content.Currency).EndRow();
        }
        db.Note(new Deed("bill.exported", "invoice", new { number }, new { content.Lines.Count }));
        await db.CommitAsync(cancellationToken);
        return TypedResults.File(csv.ToBytes(), csv.MediaType, $"{bill.Number}-lines.csv");
    }

    private static async Task<IResult> CallsOfBillAsync(HttpContext context, CurrentTenant current)
    {
        var (number, cancellationToken) = (context.Routed("number"), context.RequestAborted);
        await using var db = await current.BeginAsync(cancellationToken);
        if (await MyBill.FindAsync(db, number, cancellationToken) is not { } bill) return TypedResults.NotFound();
        // A bill that was issued without single calls stays without them.
        if ((await bill.ContentAsync(db, cancellationToken)).Usage is not { IsItemised: true }) return TypedResults.NotFound();
        var calls = await MyCall.LoadAsync(db, current.Tenant, CallSearch.OfBill(bill.Number), null, MyCall.MostInAFile, cancellationToken);
        db.Note(new Deed("calls.exported", "invoice", new { number }, new { calls.Count }));
        await db.CommitAsync(cancellationToken);
        return Calls(current, calls, $"{bill.Number}-calls.csv");
    }

    private static async Task<IResult> CallsAsync(HttpContext context, CurrentTenant current)
    {
        var (clock, cancellationToken) = (context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestAborted);
        var search = CallSearch.Read(context.Request.Query, current.Tenant.DayOf(clock.GetUtcNow()));
        await using var db = await current.BeginAsync(cancellationToken);
        var calls = await MyCall.LoadAsync(db, current.Tenant, search, null, MyCall.MostInAFile + 1, cancellationToken);
        // Never a file that is silently too short.
        if (calls.Count > MyCall.MostInAFile) return TypedResults.Redirect($"{context.Request.PathBase}/portal/calls{search.Address()}&tooMuch=true");
        db.Note(new Deed("calls.exported", "calls", new { search.From, search.Through }, new { calls.Count }));
        await db.CommitAsync(cancellationToken);
        return Calls(current, calls, string.Create(CultureInfo.InvariantCulture, $"calls-{search.From:yyyy-MM-dd}-to-{search.Through:yyyy-MM-dd}.csv"));
    }

    private static FileContentHttpResult Calls(CurrentTenant current, List<MyCall> calls, string name)
    {
        var csv = new CsvWriter();
        Headings(csv, "started_at", "account", "line", "direction", "from", "to", "destination", "seconds", "charge", "currency", "bill");
        foreach (var call in calls)
            csv.Text(TimeZoneInfo.ConvertTime(call.Key.StartedAt, current.Tenant.TimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)).Text(call.AccountNumber).Text(call.Service)
                .Text(call.Direction).Text(call.Caller).Text(call.Called).Text(call.Destination).Number(call.Seconds).Number(call.Charge).Text(current.Tenant.Currency.Code)
                .Text(call.Bill ?? (call.IsBilled ? "" : "not billed yet")).EndRow();
        return TypedResults.File(csv.ToBytes(), csv.MediaType, name);
    }

    private static void Headings(CsvWriter csv, params IReadOnlyList<string> headings)
    {
        foreach (var heading in headings) csv.Text(heading);
        csv.EndRow();
    }

    // The first letter of the tenant's name on its colour.
    private static ContentHttpResult Icon(CurrentTenant current)
    {
        var palette = BrandPalette.Of(current.Tenant.Brand.PrimaryColour, current.Tenant.Brand.AccentColour);
        var letter = current.Tenant.Name.FirstOrDefault(char.IsLetterOrDigit) is var first && first != default ? char.ToUpperInvariant(first) : '•';
        return TypedResults.Text(
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="{palette.Ground}"/><text x="16" y="23" text-anchor="middle" font-family="sans-serif" font-size="20" font-weight="700" fill="{palette.OnGround}">{letter}</text></svg>""",
            "image/svg+xml; charset=utf-8");
    }
}
