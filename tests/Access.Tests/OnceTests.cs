using System.Net;
using System.Text.RegularExpressions;
using Billing.Access.Identity;
using Billing.Tenancy.Users;

namespace Billing.Access.Tests;

/// <summary>What is good once is good once, also when several people use it in the same moment.</summary>
[Trait("needs", "postgres")]
public sealed class OnceTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Of_several_who_use_a_link_at_once_one_sets_the_password()
    {
        var (_, key) = await house.InvitedAsync("alder", "raced@example.com", Role.Viewer);
        var browsers = Enumerable.Range(0, 6).Select(_ => house.Browse("alder")).ToList();
        // Everybody has opened the form before anybody sends it.
        var tokens = await Task.WhenAll(browsers.Select(async browser => Regex.Match(await browser.TextAsync("/set-password?key=" + key), "name=\"form-key\"[^>]*value=\"([^\"]+)\"").Groups[1].Value));
        var answers = await Task.WhenAll(browsers.Select((browser, i) => browser.SendAsync("/set-password?key=" + key, new Dictionary<string, string>
        {
            ["key"] = key, ["password"] = PasswordOf(i), ["again"] = PasswordOf(i), ["form-key"] = tokens[i],
        })));

        var winner = answers.Select((answer, i) => (answer.StatusCode, i)).Single(answer => answer.StatusCode == HttpStatusCode.Redirect).i;
        foreach (var (answer, i) in answers.Select((answer, i) => (answer, i)).Where(answer => answer.i != winner))
        {
            (await answer.Content.ReadAsStringAsync()).ShouldContain("not good any more");
            (await browsers[i].StatusAsync("/runs")).ShouldBe(HttpStatusCode.Redirect, "who came second is not signed in");
        }
        (await browsers[winner].StatusAsync("/runs")).ShouldBe(HttpStatusCode.OK);
        using var later = house.Browse("alder");
        (await later.SignInTextAsync("raced@example.com", PasswordOf(winner == 0 ? 1 : 0))).ShouldContain("is not right");
        (await later.SignInAsync("raced@example.com", PasswordOf(winner))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        browsers.ForEach(browser => browser.Dispose());

        static string PasswordOf(int i) => $"orange bicycle number {i + 1} rolls";
    }

    [Fact]
    public async Task Of_several_who_use_a_code_at_once_one_comes_in()
    {
        var (_, first) = await house.SignedInAsync("alder", "codes@example.com", Role.Viewer);
        string key, recovery;
        using (first)
        {
            key = Regex.Match(await first.TextAsync("/account/second-factor"), "Or type this key: <code>([^<]+)</code>").Groups[1].Value;
            using var on = await first.PostAsync("/account/second-factor?handler=On", new() { ["code"] = Totp.Code(Totp.Secret(key), Totp.StepOf(house.Clock.GetUtcNow())), ["password"] = House.Password });
            recovery = Regex.Match(await on.Content.ReadAsStringAsync(), "<li><code>([^<]+)</code></li>").Groups[1].Value;
        }
        house.Clock.Move(TimeSpan.FromSeconds(30));
        foreach (var code in new[] { Totp.Code(Totp.Secret(key), Totp.StepOf(house.Clock.GetUtcNow())), recovery })
        {
            var browsers = Enumerable.Range(0, 4).Select(_ => house.Browse("alder")).ToList();
            foreach (var browser in browsers) (await browser.SignInAsync("codes@example.com", House.Password)).Dispose();
            var tokens = await Task.WhenAll(browsers.Select(async browser => Regex.Match(await browser.TextAsync("/sign-in/code"), "name=\"form-key\"[^>]*value=\"([^\"]+)\"").Groups[1].Value));
            var answers = await Task.WhenAll(browsers.Select((browser, i) => browser.SendAsync("/sign-in/code", new Dictionary<string, string> { ["code"] = code, ["return"] = "/", ["form-key"] = tokens[i] })));
            answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
            var open = 0;
            foreach (var browser in browsers)
            {
                if (await browser.StatusAsync("/runs") == HttpStatusCode.OK) open++;
                browser.Dispose();
            }
            open.ShouldBe(1);
        }
    }
}
