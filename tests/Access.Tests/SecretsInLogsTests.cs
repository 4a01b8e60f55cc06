using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Billing.Access.Identity;
using Billing.Api.Keys;
using Billing.Tenancy.Users;

namespace Billing.Access.Tests;

/// <summary>A day of signing in, with everything written down that can be: none of what opens doors is among it.</summary>
[Trait("needs", "postgres")]
public sealed class SecretsInLogsTests(House house) : IClassFixture<House>
{
    const string Wrong = "seven wrong umbrellas drip", Other = "eleven copper kettles hum", CallRecord = "caller-4416329600417-line";

    [Fact]
    public async Task No_password_key_link_code_or_token_is_ever_written_down()
    {
        using var log = new HeardLog(house.Services);
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["password"] = House.Password, ["wrong password"] = Wrong, ["changed password"] = Other, ["CDR line"] = CallRecord };

        // An invitation taken up, wrong and right passwords, a password asked for anew.
        var (id, link) = await house.InvitedAsync("alder", "logged@example.com", Role.Admin);
        secrets["link of an invitation"] = link;
        using var browser = house.Browse("alder");
        using (var set = await browser.PostAsync("/set-password?key=" + link, new() { ["key"] = link, ["password"] = House.Password, ["again"] = House.Password })) Keep(set, "first");
        using var another = house.Browse("alder");
        (await another.SignInTextAsync("logged@example.com", Wrong)).ShouldContain("is not right");
        using (var signedIn = await another.SignInAsync("logged@example.com", House.Password)) Keep(signedIn, "second");
        secrets["token of a form"] = Regex.Match(await browser.TextAsync("/account"), "name=\"form-key\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        using (var asked = await browser.PostAsync("/sign-in/forgotten", new() { ["email"] = "logged@example.com" })) asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        secrets["link to a new password"] = await house.DoAsync("alder", db => db.ScalarAsync<string>($"select substring(max(body) from 'key=([A-Za-z0-9_-]+)') from delivery.outbox"));
        (await browser.TextAsync("/set-password?key=" + secrets["link to a new password"])).ShouldContain("logged@example.com");

        // The second factor, a code, a recovery code, a changed password.
        var key = Regex.Match(await browser.TextAsync("/account/second-factor"), "Or type this key: <code>([^<]+)</code>").Groups[1].Value;
        (secrets["second factor"], secrets["second factor as shown"]) = (key.Replace(" ", "", StringComparison.Ordinal), key);
        var code = Totp.Code(Totp.Secret(key), Totp.StepOf(house.Clock.GetUtcNow()));
        secrets["code"] = code;
        using (var on = await browser.PostAsync("/account/second-factor?handler=On", new() { ["code"] = code, ["password"] = House.Password }))
            secrets["recovery code"] = Regex.Match(await on.Content.ReadAsStringAsync(), "<li><code>([^<]+)</code></li>").Groups[1].Value;
        using var again = house.Browse("alder");
        (await again.SignInAsync("logged@example.com", House.Password)).Dispose();
        using (var recovered = await again.PostAsync("/sign-in/code", new() { ["code"] = secrets["recovery code"], ["return"] = "/" })) Keep(recovered, "third");
        using (var changed = await again.PostAsync("/account?handler=Password", new() { ["current"] = House.Password, ["password"] = Other, ["again"] = Other })) changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        // A program with a key, right and wrong, and a file.
        var apiKey = await house.DoAsync("alder", async db => (await ApiKeyBook.AddAsync(db, "Logged", ApiKeyBook.ForKeys, ApiKeyBook.ForKeys.ToHashSet(StringComparer.Ordinal), null)).ValueOrThrow());
        secrets["API key"] = apiKey.Split('_')[^1];
        using var program = house.CallFrom(IPAddress.Parse("127.0.0.21"));
        foreach (var (path, sent) in new[] { ("/api/v1/accounts", apiKey), ("/api/v1/accounts", apiKey[..^1]), ("/api/v1/nothing", apiKey) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sent);
            (await program.SendAsync(request)).Dispose();
        }
        await UploadAsync(again);
        // A failing request writes a line of its own.
        await house.DoAsync("alder", db => db.ExecuteAsync($"update tenancy.credential set totp_secret = 'spoilt' where person_id = {id.Value}"));
        using var failing = house.Browse("alder");
        (await failing.SignInAsync("logged@example.com", Other)).Dispose();
        using (var failed = await failing.PostAsync("/sign-in/code", new() { ["code"] = "123456", ["return"] = "/set-password?key=" + link })) failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        log.Written.ShouldContain(line => line.Category.EndsWith("FailureLog", StringComparison.Ordinal));

        secrets.Values.ShouldAllBe(secret => secret.Length > 5);
        secrets.Count.ShouldBeGreaterThan(13);
        log.Everything.Count.ShouldBeGreaterThan(500, "there was something to hear");
        Found(log.Everything).ShouldNotBeEmpty("without its rules the framework would write some of them");
        Found(log.Written).ShouldBeEmpty();
        Found(log.Everything.Where(line => line.Category.StartsWith("Billing.", StringComparison.Ordinal))).ShouldBeEmpty();

        IReadOnlyList<string> Found(IEnumerable<(string Category, string Text)> lines) =>
            [.. lines.SelectMany(line => secrets.Where(secret => Regex.IsMatch(line.Text, $"(?<![0-9A-Za-z]){Regex.Escape(secret.Value)}(?![0-9A-Za-z])")).Select(secret => $"{secret.Key} in {line.Category}: {line.Text}"))];

        void Keep(HttpResponseMessage answer, string which)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            secrets[$"{which} sign-in"] = Regex.Match(string.Join('\n', answer.Headers.GetValues("Set-Cookie")), "sid=([^;]+)").Groups[1].Value;
        }
    }

    static async Task UploadAsync(Browser browser)
    {
        using var page = await browser.GetAsync("/cdrs/upload");
        var token = Regex.Match(await page.Content.ReadAsStringAsync(), "name=\"form-key\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new MultipartFormDataContent { { new StringContent(token), "form-key" }, { new StringContent(""), "format" }, { new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes($"a;b\n1;{CallRecord}\n")), "files", "calls.txt" } };
        using var answer = await browser.UploadAsync("/cdrs/upload", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}
