using System.Net;
using System.Text.RegularExpressions;

namespace Billing.Portal.Tests;

/// <summary>Nothing that a customer's browser gets names the product or another reseller: every page that leads somewhere, every file, every error.</summary>
[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed partial class WhiteLabelTests(TwoResellers resellers)
{
    // "Billing period" and the like would be words of the trade; the name of the product is not one of them here.
    static readonly string[] Ours = ["billing", "larkfell", "kestrel", "asp.net", "aspnet", "microsoft", "npgsql", "postgres"];

    [Theory]
    [InlineData("alder", "Olga")]
    [InlineData("alder", "Nora")]
    [InlineData("alder", "Una")]
    [InlineData("birch", "Olga")]
    [InlineData("birch", null)]
    public async Task Every_page_and_answer_is_the_resellers_own(string slug, string? person)
    {
        var (reseller, other) = slug == "alder" ? (resellers.Alder, resellers.Birch) : (resellers.Birch, resellers.Alder);
        var todo = new Queue<string>(["/", "/portal", "/sign-in", "/sign-in/forgotten", "/set-password?key=x", "/robots.txt", "/favicon.ico", "/favicon.svg", "/account", "/nothing", "/portal/nothing",
            "/portal/bills/INV-999999", "/portal/contacts/999999", "/runs", "/accounts", "/settings/brand", "/api/v1/accounts", "/openapi/v1.json", "/operator/tenants", "/t/birch/", "/t/alder/", "/error/500", "/error/403", "/error/400",
            "/portal/calls?from=2026-10-01&to=2026-11-30", "/portal/calls.csv?from=2026-10-01&to=2026-11-30", "/health", "/look?as=dark", "/search?q=x"]);
        var seen = new HashSet<string>(todo, StringComparer.Ordinal);
        while (todo.TryDequeue(out var path))
        {
            using var response = await resellers.GetAsync(reseller, person, path);
            var text = await response.Content.ReadAsStringAsync();
            var headers = string.Join('\n', response.Headers.Concat(response.Content.Headers).Select(h => $"{h.Key}: {string.Join(", ", h.Value)}"));
            foreach (var name in Ours.Append(other.Tenant.Name).Append(other.Tenant.Slug))
                Where(text + "\n" + headers, name, path).ShouldBeNull();
            response.Headers.Contains("Server").ShouldBeFalse(path);
            response.Headers.Contains("X-Powered-By").ShouldBeFalse(path);
            if (response.Content.Headers.ContentType?.MediaType != "text/html") continue;
            foreach (Match link in Links().Matches(text))
            {
                var target = WebUtility.HtmlDecode(link.Groups[1].Value);
                if (target.StartsWith('/') && !target.StartsWith("//", StringComparison.Ordinal) && target.Length > 1 && !target.StartsWith("/sign-out", StringComparison.Ordinal) && seen.Add(target.Split('#')[0])) todo.Enqueue(target.Split('#')[0]);
            }
        }
        if (person == "Olga") seen.ShouldContain("/portal/bills/INV-000001/pdf");
        seen.Count(path => path.StartsWith("/assets/", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("/runs")]
    [InlineData("/invoices/INV-000001/pdf")]
    [InlineData("/accounts/A001")]
    [InlineData("/settings/company")]
    [InlineData("/api/v1/accounts")]
    [InlineData("/t/alder/runs")]
    [InlineData("/operator/tenants")]
    public async Task Staffs_pages_and_the_API_are_not_at_the_customers_address_whoever_asks(string path)
    {
        var cookies = new[] { null, resellers.Alder.Cookies["Olga"], await resellers.AdminAsync(resellers.Alder) };
        foreach (var cookie in cookies)
        {
            using var response = await resellers.SendAsync(HttpMethod.Get, resellers.Alder.Host, cookie, path, null);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await response.Content.ReadAsStringAsync()).ShouldContain("Alder Telecom");
        }
    }

    [Fact]
    public async Task The_customers_address_leads_to_the_portal()
    {
        using var response = await resellers.GetAsync(resellers.Alder, "Olga", "/");
        response.Headers.Location!.ToString().ShouldBe("/portal");
    }

    [Fact]
    public async Task A_customers_sign_in_is_nothing_at_the_staffs_address()
    {
        using var response = await resellers.SendAsync(HttpMethod.Get, "office." + resellers.Alder.Host, resellers.Alder.Cookies["Olga"].Replace("cid=", "sid=", StringComparison.Ordinal), "/runs", null);
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldStartWith("/sign-in");
    }

    static string? Where(string text, string name, string path)
    {
        var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : $"{path}: …{text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)]}…";
    }

    [GeneratedRegex("(?:href|src|action)=\"([^\"]+)\"")]
    private static partial Regex Links();
}
