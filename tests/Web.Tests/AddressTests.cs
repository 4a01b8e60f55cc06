using System.Net;

namespace Billing.Web.Tests;

[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class AddressTests(TwoResellers resellers)
{
    [Theory]
    [InlineData("/t/alder/nothing")]
    [InlineData("/t/alder/runs/999")]
    [InlineData("/t/alder/runs/first")]
    [InlineData("/t/alder/runs/999/invoices.csv")]
    [InlineData("/t/alder/invoices/INV-999999")]
    [InlineData("/t/alder/invoices/INV-000003/pdf")]
    [InlineData("/t/alder/cdrs/999")]
    [InlineData("/t/alder/cdrs/99999999999999999999999")]
    [InlineData("/t/alder/errors/calls")]
    [InlineData("/t/alder/errors/calls?code=usage.unassigned&subject=nobody")]
    [InlineData("/t/nobody/runs")]
    [InlineData("/t/alderx/runs")]
    [InlineData("/t/")]
    public async Task What_is_not_there_is_a_404_that_helps(string path)
    {
        using var response = await resellers.Installation.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var html = await response.Content.ReadAsStringAsync();
        html.ShouldContain("There is nothing at this address");
        html.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_tenants_invoice_number_says_nothing_at_another_tenants_address()
    {
        using var hidden = await resellers.Installation.GetAsync("/t/birch/invoices/INV-000003");
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var pdf = await resellers.Installation.GetAsync("/t/birch/invoices/INV-000003/pdf");
        pdf.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var run = await resellers.Installation.GetAsync("/t/birch/runs/1");
        run.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var own = await resellers.Installation.TextAsync("/t/birch/invoices/INV-000001");
        own.ShouldContain("Only Birch&#x27;s");
        own.ShouldNotContain("Sons");
    }

    [Fact]
    public async Task With_several_tenants_a_bare_address_leads_to_the_first_ones()
    {
        using var response = await resellers.Installation.GetAsync("/runs/1?q=x");
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldBe("/t/alder/runs/1?q=x");
        using var short_ = await resellers.Installation.GetAsync("/t/birch");
        short_.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.1")]
    [InlineData("localhost.")]
    [InlineData("notlocalhost")]
    public async Task Another_hosts_name_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/t/alder/");
        request.Headers.Host = host;
        using var response = await resellers.Installation.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("Alder");
    }

    [Theory]
    [InlineData("localhost:5080")]
    [InlineData("LOCALHOST")]
    [InlineData("[::1]:9")]
    [InlineData("billing.localhost")]
    public async Task This_machines_names_are_answered(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/t/alder/");
        request.Headers.Host = host;
        using var response = await resellers.Installation.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Answers_say_how_they_may_be_used()
    {
        using var page = await resellers.Installation.GetAsync("/t/alder/runs");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; ");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe");
        page.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        page.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        page.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.Contains("Server").ShouldBeFalse();

        using var style = await resellers.Installation.GetAsync("/assets/app.css?v=1");
        style.StatusCode.ShouldBe(HttpStatusCode.OK);
        style.Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await resellers.Installation.TextAsync("/t/alder/brand.css")).ShouldStartWith(":root { --brand: #0b4f5c; --on-brand: #ffffff; ");

        using var missing = await resellers.Installation.GetAsync("/t/alder/nothing");
        missing.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
    }

    [Fact]
    public async Task Pages_travel_compressed_to_those_who_can_read_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/t/alder/runs/1");
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var response = await resellers.Installation.Client.SendAsync(request);
        response.Content.Headers.ContentEncoding.ShouldBe(["br"]);
    }
}
