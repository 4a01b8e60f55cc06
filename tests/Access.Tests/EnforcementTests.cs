using System.Net;
using Billing.Api;
using Billing.Screens;
using Billing.Tenancy;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Access.Tests;

[Trait("needs", "postgres")]
public sealed class EnforcementTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Every_route_says_who_may_ask_for_it()
    {
        var routes = await RoutesAsync();
        routes.Count.ShouldBeGreaterThan(30);
        routes.Where(route => route.Marks.Count == 0).Select(route => route.Name).ShouldBeEmpty();
        // Open to everybody is decided one by one.
        routes.Where(route => route.Marks.Any(mark => mark is OpenToAllAttribute)).Select(route => route.Name).Order(StringComparer.Ordinal)
            .ShouldBe(["/api/v1/openapi.json", "/brand.css", "/error/{status:int}", "/favicon.ico", "/favicon.svg", "/logo.svg", "/portal/help", "/robots.txt", "/set-password", "/sign-in", "/sign-in/code", "/sign-in/forgotten"]);
        routes.SelectMany(route => route.Marks.OfType<DemandsAttribute>().Select(demand => demand.Permission)).Except(Permission.All).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_gets_past_the_door_of_any_page_without_signing_in()
    {
        using var stranger = house.Browse("alder");
        // The API's door lets one address ask sixty times a minute; Isolation.Tests asks it for everything, from many.
        foreach (var route in (await RoutesAsync()).Where(route => !route.Marks.Any(mark => mark is OpenToAllAttribute) && !route.Name.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)))
        {
            var path = System.Text.RegularExpressions.Regex.Replace("/" + route.Name.TrimStart('/'), "{[^}]+}", "1").Replace("/1?", "", StringComparison.Ordinal);
            var status = await stranger.StatusAsync(path);
            (status is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed).ShouldBeTrue($"{path}: {status}");
        }
    }

    [Fact]
    public async Task A_host_name_leads_to_its_tenant_and_a_customers_one_to_the_portal_only()
    {
        var (id, browser) = await house.SignedInAsync("alder", "hosts@example.com", Role.Admin);
        using (browser)
        {
            foreach (var (host, purpose) in ((string, string)[])[("desk.alder.test", "staff"), ("bills.alder.test", "portal")])
                (await browser.PostAsync("/settings/hosts?handler=Add", new() { ["host"] = host, ["purpose"] = purpose })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            foreach (var bad in (string[])["https://x.example.com", "127.0.0.1", "localhost", "a b.example.com", "desk.alder.test", "example"])
                (await browser.PostAsync("/settings/hosts?handler=Add", new() { ["host"] = bad, ["purpose"] = "staff" })).StatusCode.ShouldBe(HttpStatusCode.OK, bad);
            var (_, birch) = await house.SignedInAsync("birch", "hosts@example.com", Role.Admin);
            using (birch)
                (await (await birch.PostAsync("/settings/hosts?handler=Add", new() { ["host"] = "DESK.alder.test.", ["purpose"] = "staff" })).Content.ReadAsStringAsync()).ShouldContain("in use already");
        }
        var key = await house.DoAsync("alder", db => Sessions.BeginAsync(db, id, true, "", "", house.Clock.GetUtcNow()));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = house.Address };
        (await AskAsync(client, "/runs", "desk.alder.test", key)).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(client, "/t/birch/runs", "desk.alder.test", key)).ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(client, "/operator/tenants", "desk.alder.test", key)).ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(client, "/runs", "bills.alder.test", key)).ShouldBe(HttpStatusCode.NotFound, "staff's pages are not at a customer's door");
        (await AskAsync(client, "/portal", "bills.alder.test", key)).ShouldBe(HttpStatusCode.Redirect, "a member of staff is nobody there");
        (await AskAsync(client, "/runs", "evil.example", key)).ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await AskAsync(client, "/runs", "desk.alder.test.evil.example", key)).ShouldBe(HttpStatusCode.MisdirectedRequest);
        // Nobody has named a proxy, so nobody's word about the host is taken.
        using var forwarded = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        forwarded.Headers.Host = "evil.example";
        forwarded.Headers.Add("X-Forwarded-Host", "localhost");
        (await client.SendAsync(forwarded)).StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task No_secret_is_in_any_row_that_is_shown_and_the_audit_chain_holds()
    {
        var (_, browser) = await house.SignedInAsync("birch", "secret@example.com", Role.Admin);
        browser.Dispose();
        foreach (var tenant in (TenantId[])[TenantId.Installation, (await house.TenantAsync("alder")).Id, (await house.TenantAsync("birch")).Id])
        {
            var trail = string.Join('\n', await house.AskAsOwnerAsync(tenant, "select to_jsonb(a)::text from tenancy.audit a"));
            foreach (var secret in (string[])[House.Password, "password_hash", "key_hash", "totp_secret", "set-password?key"]) trail.ShouldNotContain(secret);
            (await house.AskAsOwnerAsync(tenant, "select coalesce(tenancy.audit_break()::text, 'holds')")).ShouldBe(["holds"]);
            string.Join('\n', await house.AskAsOwnerAsync(tenant, "select to_jsonb(s)::text from tenancy.sign_in_guard s")).ShouldNotContain("example.com");
        }
    }

    static async Task<HttpStatusCode> AskAsync(HttpClient client, string path, string host, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        request.Headers.Add("Cookie", $"sid={key}; cid={key}");
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    async Task<IReadOnlyList<(string Name, IReadOnlyList<object> Marks)>> RoutesAsync()
    {
        house.Services.GetRequiredService<ApiRoutes>().Open();
        var routes = new List<(string, IReadOnlyList<object>)>();
        foreach (var endpoint in house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            IEnumerable<object> metadata = endpoint.Metadata;
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
                metadata = (await house.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata)).ModelTypeInfo!.GetCustomAttributes(inherit: true);
            routes.Add(("/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/'), [.. metadata.Where(mark => mark is DemandsAttribute or OpenToAllAttribute or SignedInAttribute)]));
        }
        return routes;
    }
}
