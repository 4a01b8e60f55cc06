using System.Net;
using System.Text.RegularExpressions;
using Billing.Host.Web;
using Billing.Tenancy.Users;

namespace Billing.Access.Tests;

/// <summary>Behind a reverse proxy: its word about who calls, by which name and over what, is taken; nobody else's is.</summary>
[Trait("needs", "postgres")]
public sealed class ProxyTests(ProxyTests.Behind behind) : IClassFixture<ProxyTests.Behind>
{
    static readonly IPAddress Proxy = IPAddress.Parse("127.0.0.7"), Stranger = IPAddress.Parse("127.0.0.8");

    [Theory]
    [InlineData("127.0.0.7", HttpStatusCode.OK)]
    [InlineData("127.0.0.8", HttpStatusCode.MisdirectedRequest)]
    public async Task The_name_that_was_asked_for_is_the_proxys_to_say(string from, HttpStatusCode status)
    {
        using var client = behind.House.CallFrom(IPAddress.Parse(from));
        using var answer = await client.SendAsync(Request(HttpMethod.Get, "/t/alder/sign-in", "inside.example", ("X-Forwarded-Host", "billing.example"), ("X-Forwarded-Proto", "https")));
        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Cookies_are_secure_and_links_https_when_the_proxy_says_so_and_not_when_somebody_does()
    {
        var house = behind.House;
        (await house.SignedInAsync("alder", "proxied@example.com", Role.Admin)).Browser.Dispose();
        foreach (var (from, isBelieved) in new[] { (Proxy, true), (Stranger, false) })
        {
            using var client = house.CallFrom(from);
            var said = new[] { ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", isBelieved ? "billing.example" : "evil.example"), ("X-Forwarded-For", "203.0.113.5") };
            using var answer = await PostAsync(client, "/t/alder/sign-in", "billing.example", said, ("email", "proxied@example.com"), ("password", House.Password), ("return", "/"));
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("sid=", StringComparison.Ordinal));
            Regex.IsMatch(cookie, "; secure", RegexOptions.IgnoreCase).ShouldBe(isBelieved);
            (await house.DoAsync("alder", db => db.ScalarAsync<string>($"select address from tenancy.session order by session_id desc limit 1"))).ShouldBe(isBelieved ? "203.0.113.5" : Stranger.ToString());

            (await PostAsync(client, "/t/alder/sign-in/forgotten", "billing.example", said, ("email", "proxied@example.com"))).Dispose();
            (await house.DoAsync("alder", db => db.ScalarAsync<string>($"select body from delivery.outbox order by message_id desc limit 1"))).ShouldContain(isBelieved ? "https://billing.example/t/alder/set-password" : "http://billing.example/t/alder/set-password");
        }
    }

    [Fact]
    public async Task Nobody_escapes_the_wait_of_their_place_by_claiming_another_and_others_do_not_wait_for_them()
    {
        var house = behind.House;
        (await house.SignedInAsync("birch", "waiting@example.com", Role.Admin)).Browser.Dispose();
        using var guesser = house.CallFrom(IPAddress.Parse("127.0.0.9"));
        // Each guess at another address, and from another place if one could just say so.
        for (var i = 0; i < Guesses; i++)
            (await PostAsync(guesser, "/t/birch/sign-in", "billing.example", [("X-Forwarded-For", $"203.0.113.{i + 1}")], ("email", $"guess{i}@example.com"), ("password", "wrong"), ("return", "/"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SignInAsync(guesser, "203.0.113.200")).ShouldBe(HttpStatusCode.TooManyRequests, "even with the right password");

        // The one hop before the proxy counts, not what a caller has put in front of it.
        using var proxy = house.CallFrom(Proxy);
        (await SignInAsync(proxy, "127.0.0.9")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await SignInAsync(proxy, "203.0.113.201, 127.0.0.9")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await SignInAsync(proxy, "127.0.0.9, 203.0.113.201")).ShouldBe(HttpStatusCode.Redirect);
        house.Clock.Move(TimeSpan.FromMinutes(2));
        (await SignInAsync(guesser, "203.0.113.200")).ShouldBe(HttpStatusCode.Redirect);

        async Task<HttpStatusCode> SignInAsync(HttpClient client, string forwardedFor) =>
            (await PostAsync(client, "/t/birch/sign-in", "billing.example", [("X-Forwarded-For", forwardedFor)], ("email", "waiting@example.com"), ("password", House.Password), ("return", "/"))).StatusCode;
    }

    const int Guesses = Entrance.FrontDoor.FreeAttemptsFromAPlace;

    static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string host, (string Name, string Value)[] headers, params (string Name, string Value)[] fields)
    {
        using var page = await client.SendAsync(Request(HttpMethod.Get, path, host, headers));
        var token = Regex.Match(await page.Content.ReadAsStringAsync(), "name=\"form-key\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        var post = Request(HttpMethod.Post, path, host, headers);
        post.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        post.Content = new FormUrlEncodedContent(fields.Append(("form-key", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await client.SendAsync(post);
    }

    static HttpRequestMessage Request(HttpMethod method, string path, string host, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Host = host;
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return request;
    }

    public sealed class Behind : IAsyncLifetime
    {
        internal House House { get; } = new() { Settings = new WebSettings { OwnHosts = ["billing.example"], Proxies = [Proxy] } };

        public Task InitializeAsync() => House.InitializeAsync();

        public Task DisposeAsync() => House.DisposeAsync();
    }
}
