using System.Net;
using System.Text.RegularExpressions;
using Billing.Access.Identity;
using Billing.Tenancy.Users;

namespace Billing.Access.Tests;

[Trait("needs", "postgres")]
public sealed class SecondFactorTests(House house) : IClassFixture<House>
{
    // RFC 6238, appendix B, cut to six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Totp.Code(System.Text.Encoding.ASCII.GetBytes("12345678901234567890"), Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [Fact]
    public void A_key_is_read_as_apps_write_it() => Totp.Secret("gezd gnbv gy3t qojq").ShouldBe(System.Text.Encoding.ASCII.GetBytes("1234567890"));

    [Fact]
    public async Task With_a_second_factor_the_password_alone_opens_nothing_and_a_code_is_good_once()
    {
        var (secret, codes, email) = await EnrolledAsync();
        using var browser = house.Browse("alder");
        using (var half = await browser.SignInAsync(email, House.Password)) half.Headers.Location!.ToString().ShouldStartWith("/t/alder/sign-in/code");
        (await browser.StatusAsync("/runs")).ShouldBe(HttpStatusCode.Redirect);
        (await CodeAsync(browser, "000000")).ShouldContain("not right");

        var code = Totp.Code(secret, Totp.StepOf(house.Clock.GetUtcNow()));
        (await CodeAsync(browser, code)).ShouldContain("used before", Case.Sensitive, "the code that switched it on is used up");
        house.Clock.Move(TimeSpan.FromSeconds(30));
        code = Totp.Code(secret, Totp.StepOf(house.Clock.GetUtcNow()));
        (await CodeAsync(browser, code)).ShouldBe("");
        (await browser.StatusAsync("/runs")).ShouldBe(HttpStatusCode.OK);

        using var replay = house.Browse("alder");
        (await replay.SignInAsync(email, House.Password)).Dispose();
        (await CodeAsync(replay, code)).ShouldContain("used before");
        (await CodeAsync(replay, codes[0].ToUpperInvariant().Replace('-', ' '))).ShouldBe("");
        (await replay.StatusAsync("/runs")).ShouldBe(HttpStatusCode.OK);

        using var again = house.Browse("alder");
        (await again.SignInAsync(email, House.Password)).Dispose();
        (await CodeAsync(again, codes[0])).ShouldContain("used before");
        (await again.StatusAsync("/runs")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Codes_can_not_be_guessed_at_will()
    {
        var (_, _, email) = await EnrolledAsync();
        using var browser = house.Browse("alder");
        (await browser.SignInAsync(email, House.Password)).Dispose();
        for (var i = 0; i < 5; i++) (await CodeAsync(browser, "00000" + i)).ShouldContain("not right");
        (await CodeAsync(browser, "000009")).ShouldContain("Too many attempts");
    }

    [Fact]
    public async Task Neither_keys_nor_codes_are_stored_as_they_are()
    {
        var (secret, codes, _) = await EnrolledAsync();
        secret.Length.ShouldBeGreaterThan(15);
        var alder = (await house.TenantAsync("alder")).Id;
        foreach (var table in (string[])["tenancy.credential", "tenancy.recovery_code", "tenancy.audit"])
        {
            var rows = string.Join('\n', await house.AskAsOwnerAsync(alder, $"select to_jsonb(t)::text from {table} t"));
            foreach (var code in codes) rows.ShouldNotContain(code);
            rows.ShouldNotContain(Key!);
        }
    }

    string? Key { get; set; }

    async Task<(byte[] Secret, IReadOnlyList<string> Codes, string Email)> EnrolledAsync()
    {
        var email = Guid.NewGuid().ToString("N") + "@example.com";
        var (_, browser) = await house.SignedInAsync("alder", email, Role.Viewer);
        using (browser)
        {
            var page = await browser.TextAsync("/account/second-factor");
            page.ShouldContain("<svg class=\"qr\"");
            var key = Regex.Match(page, "Or type this key: <code>([^<]+)</code>").Groups[1].Value;
            Key = key.Replace(" ", "", StringComparison.Ordinal);
            var secret = Totp.Secret(key);
            using var on = await browser.PostAsync("/account/second-factor?handler=On", new() { ["code"] = Totp.Code(secret, Totp.StepOf(house.Clock.GetUtcNow())), ["password"] = House.Password });
            var codes = Regex.Matches(await on.Content.ReadAsStringAsync(), "<li><code>([^<]+)</code></li>").Select(m => m.Groups[1].Value).ToList();
            codes.Count.ShouldBe(10);
            (await browser.TextAsync("/account/second-factor")).ShouldNotContain(codes[0]);
            return (secret, codes, email);
        }
    }

    static async Task<string> CodeAsync(Browser browser, string code)
    {
        using var answer = await browser.PostAsync("/sign-in/code", new() { ["code"] = code, ["return"] = "/" });
        return answer.StatusCode == HttpStatusCode.Redirect ? "" : await answer.Content.ReadAsStringAsync();
    }
}
