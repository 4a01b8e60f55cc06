using System.Net;
using Billing.Tenancy.Users;

namespace Billing.Access.Tests;

[Trait("needs", "postgres")]
public sealed class SignInTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task The_right_password_opens_and_leads_back_to_where_it_was_asked_for()
    {
        (await house.SignedInAsync("alder", "back@example.com", Role.Admin)).Browser.Dispose();
        using var browser = house.Browse("alder");
        using var asked = await browser.GetAsync("/runs?q=x");
        asked.Headers.Location!.ToString().ShouldBe("/t/alder/sign-in?return=%2Fruns%3Fq%3Dx");

        using var answer = await browser.SignInAsync("Back@Example.com", House.Password, "/runs?q=x");
        answer.Headers.Location!.ToString().ShouldBe("/t/alder/runs?q=x");
        (await browser.StatusAsync("/runs")).ShouldBe(HttpStatusCode.OK);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("sid=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("path=/t/alder");
        cookie.ShouldNotContain("domain");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/%2fevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\tevil.example/..//")]
    public async Task Signing_in_never_leads_elsewhere(string back)
    {
        var email = Guid.NewGuid().ToString("N") + "@example.com";
        (await house.SignedInAsync("alder", email, Role.Viewer)).Browser.Dispose();
        using var browser = house.Browse("alder");
        using var answer = await browser.SignInAsync(email, House.Password, back);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/t/alder/");
    }

    [Fact]
    public async Task An_address_nobody_has_is_answered_like_one_somebody_has_up_to_the_waiting()
    {
        (await house.SignedInAsync("birch", "known@example.com", Role.Admin)).Browser.Dispose();
        var answers = new List<string>();
        foreach (var email in (string[])["known@example.com", "unknown@example.com"])
        {
            using var browser = house.Browse("birch");
            for (var i = 0; i < 7; i++) answers.Add(Masked(await browser.SignInTextAsync(email, "wrong"), email));
        }
        answers[..7].ShouldBe(answers[7..]);
        answers[0].ShouldContain("The email address or the password is not right.");
        answers[6].ShouldContain("Too many attempts. Wait 1 minute");
    }

    [Fact]
    public async Task Too_many_attempts_wait_and_each_wait_is_longer_and_the_right_password_ends_them()
    {
        (await house.SignedInAsync("alder", "locked@example.com", Role.Admin)).Browser.Dispose();
        using var browser = house.Browse("alder");
        for (var i = 0; i < 5; i++) (await browser.SignInTextAsync("locked@example.com", "wrong")).ShouldContain("is not right");
        foreach (var minutes in (int[])[1, 2, 4])
        {
            using var refused = await browser.SignInAsync("locked@example.com", House.Password);
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, "even the right password waits");
            (await refused.Content.ReadAsStringAsync()).ShouldContain($"Wait {minutes} minute");
            house.Clock.Move(TimeSpan.FromMinutes(minutes));
            if (minutes < 4) (await browser.SignInTextAsync("locked@example.com", "wrong")).ShouldContain("is not right");
        }
        using var open = await browser.SignInAsync("locked@example.com", House.Password);
        open.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var again = house.Browse("alder");
        (await again.SignInTextAsync("locked@example.com", "wrong")).ShouldContain("is not right");
    }

    [Fact]
    public async Task A_hundred_guesses_at_once_are_a_hundred_guesses()
    {
        (await house.SignedInAsync("alder", "burst@example.com", Role.Admin)).Browser.Dispose();
        await using var db = await house.Database.BeginAsync((await house.TenantAsync("alder")).Id);
        var judged = 0;
        await Parallel.ForAsync(0, 40, async (_, cancellationToken) =>
        {
            await using var own = await house.Database.BeginAsync(db.Tenant, cancellationToken);
            var wait = await SignInGuard.CountAsync(own, "Staff:burst@example.com", 5, house.Clock.GetUtcNow(), cancellationToken);
            await own.CommitAsync(cancellationToken);
            if (wait is null) Interlocked.Increment(ref judged);
        });
        judged.ShouldBe(5);
    }

    [Fact]
    public async Task A_sign_in_gets_a_new_key_whatever_key_the_browser_came_with()
    {
        (await house.SignedInAsync("alder", "fixed@example.com", Role.Admin)).Browser.Dispose();
        var planted = RandomKey.Make();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = house.Address };
        using var page = await GetAsync(client, "/t/alder/sign-in", $"sid={planted}");
        var html = await page.Content.ReadAsStringAsync();
        var form = System.Text.RegularExpressions.Regex.Match(html, "name=\"form-key\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value;
        var formCookie = page.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("form=", StringComparison.Ordinal)).Split(';')[0];
        using var post = new HttpRequestMessage(HttpMethod.Post, "/t/alder/sign-in") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = "fixed@example.com", ["password"] = House.Password, ["form-key"] = form }) };
        post.Headers.Add("Cookie", $"sid={planted}; {formCookie}");
        using var answer = await client.SendAsync(post);
        answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("sid=", StringComparison.Ordinal)).ShouldNotContain(planted);
        using var with = await GetAsync(client, "/t/alder/runs", $"sid={planted}");
        with.StatusCode.ShouldBe(HttpStatusCode.Redirect, "the planted key opens nothing");
    }

    [Fact]
    public async Task A_form_without_its_key_is_refused()
    {
        var (_, browser) = await house.SignedInAsync("alder", "forged@example.com", Role.Admin);
        using (browser)
        {
            foreach (var path in (string[])["/sign-out", "/people", "/account?handler=Name", "/settings/hosts?handler=Add"])
            {
                using var answer = await browser.SendAsync(path, new() { ["name"] = "Forged", ["email"] = "forged2@example.com", ["role"] = "admin", ["host"] = "a.example.com" });
                answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
            }
            (await browser.StatusAsync("/account")).ShouldBe(HttpStatusCode.OK);
        }
        using var stranger = house.Browse("alder");
        using var signIn = await stranger.SendAsync("/sign-in", new() { ["email"] = "forged@example.com", ["password"] = House.Password });
        signIn.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_form_sent_to_a_page_that_takes_none_is_refused_and_no_failure()
    {
        var (id, browser) = await house.SignedInAsync("alder", "stray@example.com", Role.Admin);
        using (browser)
        {
            using var answer = await browser.PostAsync($"/people/{id.Value}", []);
            answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
            // What the address names is meant, whatever the form says.
            using var other = await browser.PostAsync($"/people/{id.Value}?handler=Role", new() { ["id"] = "999999", ["role"] = "nothing" });
            (await other.Content.ReadAsStringAsync()).ShouldContain("stray@example.com");
        }
    }

    [Fact]
    public async Task Programs_are_told_with_a_problem_and_not_with_a_page()
    {
        using var browser = house.Browse("alder");
        using var answer = await browser.GetAsync("/runs", accept: "application/json");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("access.not-signed-in");
    }

    static string Masked(string html, string email) => System.Text.RegularExpressions.Regex.Replace(html.Replace(email, "EMAIL", StringComparison.Ordinal), "name=\"form-key\"[^>]*>", "");

    static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        return await client.SendAsync(request);
    }
}
