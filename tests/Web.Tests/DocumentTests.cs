using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Billing.Tenancy.Tenants;
using Npgsql;

namespace Billing.Web.Tests;

[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class DocumentTests(TwoResellers resellers)
{
    [Fact]
    public async Task A_PDF_is_the_stored_bytes_under_their_hash()
    {
        using var response = await resellers.Installation.GetAsync("/t/alder/invoices/INV-000001/pdf");
        var content = await response.Content.ReadAsByteArrayAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Encoding.ASCII.GetString(content).ShouldContain("alder INV-000001");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        response.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("inline; filename=INV-000001.pdf");
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        response.Headers.ETag!.Tag.ShouldBe($"\"{hash}\"");
        (await resellers.Installation.TextAsync("/t/alder/invoices/INV-000001")).ShouldContain(hash);
        response.Headers.GetValues("Content-Security-Policy").ShouldBe(["frame-ancestors 'self'"]);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/t/alder/invoices/INV-000001/pdf");
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{hash}\""));
        using var unchanged = await resellers.Installation.Client.SendAsync(again);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task A_changed_PDF_is_not_shown_and_the_reason_is_said()
    {
        await using var installation = await Installation.StartAsync((database, clock) =>
            Some.BilledTenantAsync(database, clock, Some.Reseller("alone", "Alone"), "One", "Two", "In Credit Ltd"));
        var tenant = (await new TenantDirectory(installation.Database).FindAsync("alone"))!;
        await using (var owner = new NpgsqlConnection(installation.OwnerConnectionString))
        {
            await owner.OpenAsync();
            await using var change = new NpgsqlCommand(
                $"begin; select set_config('billing.tenant', '{tenant.Id.Value}', true); update delivery.document set content = 'x' where subject = 'invoice/INV-000001'; commit", owner);
            await change.ExecuteNonQueryAsync();
        }
        using var pdf = await installation.GetAsync("/invoices/INV-000001/pdf");
        pdf.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await pdf.Content.ReadAsStringAsync()).ShouldContain("does not have the hash it was stored with");

        var page = await installation.TextAsync("/invoices/INV-000001");
        page.ShouldContain("does not have the hash it was stored with");
        page.ShouldNotContain("Open the PDF");
    }

    [Fact]
    public async Task The_export_is_the_list_and_runs_no_formula()
    {
        using var response = await resellers.Installation.GetAsync("/t/alder/runs/1/invoices.csv?sort=gross&order=desc");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("run-1-invoices.csv");
        var lines = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()).Split("\r\n");

        lines[0].ShouldBe("\uFEFFnumber,account,name,invoice_date,due_on,net,vat,gross,currency,calls,seconds");
        lines[1].ShouldBe("INV-000003,A003,Zoë’s Café,2026-11-01,2026-11-15,36.20,7.24,43.44,GBP,2,240");
        lines[2].ShouldBe("INV-000002,A002,\"'=HYPERLINK(\"\"http://evil.example\"\")\",2026-11-01,2026-11-15,27.00,5.40,32.40,GBP,1,600");
        lines[3].ShouldStartWith("INV-000001,A001,<script>");
        lines.Length.ShouldBe(5);

        using var filtered = await resellers.Installation.GetAsync("/t/alder/runs/1/invoices.csv?q=a001");
        (await filtered.Content.ReadAsStringAsync()).Split("\r\n").Length.ShouldBe(3);
    }
}
