using System.Net;
using System.Text.RegularExpressions;
using Billing.Host.Web;

namespace Billing.Web.Tests;

[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class LayoutTests(TwoResellers resellers)
{
    [Fact]
    public async Task The_menu_has_the_months_work_together_and_marks_where_one_is()
    {
        var html = await resellers.Installation.TextAsync("/t/alder/cdrs");
        var menu = Regex.Match(html, "<nav class=\"menu side\".*?</nav>", RegexOptions.Singleline).Value;
        menu.ShouldContain(Menu.BillingRun);
        Regex.Count(menu, "href=\"/t/alder/(runs|cdrs|errors)\"").ShouldBe(3);
        Regex.Match(menu, "<a[^>]* aria-current=\"page\"[^>]*>([^<]*)").Groups[1].Value.ShouldBe("CDRs");
        // No page of that name yet: no entry either.
        menu.ShouldNotContain("Payment Runs");
    }

    [Theory]
    [InlineData("dark", "dark")]
    [InlineData("light", "light")]
    [InlineData("pink", null)]
    public async Task A_chosen_look_is_kept_in_a_cookie_and_the_page_comes_in_it(string chosen, string? shown)
    {
        using var choice = await resellers.Installation.GetAsync("/look?as=" + chosen);
        choice.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        choice.Headers.GetValues("Set-Cookie").Single().ShouldStartWith(shown is null ? "look=;" : $"look={shown};");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/t/alder/runs");
        request.Headers.Add("Cookie", "look=" + chosen);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = resellers.Installation.Client.BaseAddress };
        using var page = await client.SendAsync(request);
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain(shown is null ? "<html lang=\"en\">" : $"<html lang=\"en\" data-bs-theme=\"{shown}\">");
    }

    [Theory]
    [InlineData("http://evil.example/x")]
    [InlineData("//evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task The_look_leads_back_to_a_page_of_ours_only(string from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/look?as=device");
        request.Headers.TryAddWithoutValidation("Referer", from);
        using var response = await resellers.Installation.Client.SendAsync(request);
        response.Headers.Location!.ToString().ShouldBe("/");

        using var own = new HttpRequestMessage(HttpMethod.Get, "/look?as=device");
        own.Headers.TryAddWithoutValidation("Referer", new Uri(resellers.Installation.Client.BaseAddress!, "/t/alder/runs?q=x").ToString());
        using var back = await resellers.Installation.Client.SendAsync(own);
        back.Headers.Location!.ToString().ShouldBe("/t/alder/runs?q=x");
    }
}
