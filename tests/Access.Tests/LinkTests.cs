using System.Net;
using System.Text.RegularExpressions;
using Billing.Tenancy.Users;

namespace Billing.Access.Tests;

[Trait("needs", "postgres")]
public sealed class LinkTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_link_is_good_once_and_looking_does_not_use_it_up()
    {
        var (_, key) = await house.InvitedAsync("alder", "once@example.com", Role.Viewer);
        using var browser = house.Browse("alder");
        (await browser.TextAsync("/set-password?key=" + key)).ShouldContain("once@example.com");
        (await browser.PostAsync("/set-password?key=" + key, Fields(key, House.Password))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var thief = house.Browse("alder");
        (await thief.TextAsync("/set-password?key=" + key)).ShouldContain("not good any more");
        using var sent = await thief.PostAsync("/set-password?key=" + key, Fields(key, "another long password here"));
        (await thief.StatusAsync("/runs")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_link_is_good_for_a_time_at_its_tenant_until_a_newer_one()
    {
        var (id, key) = await house.InvitedAsync("alder", "late@example.com", Role.Viewer);
        using var browser = house.Browse("alder");
        using var elsewhere = house.Browse("birch");
        (await elsewhere.TextAsync("/set-password?key=" + key)).ShouldContain("not good any more");
        var newer = await house.DoAsync("alder", db => OneTimeLinks.MakeAsync(db, id, LinkPurpose.Invitation, house.Clock.GetUtcNow()));
        (await browser.TextAsync("/set-password?key=" + key)).ShouldContain("not good any more");
        (await browser.TextAsync("/set-password?key=" + newer)).ShouldContain("late@example.com");
        house.Clock.Move(TimeSpan.FromHours(24));
        (await browser.TextAsync("/set-password?key=" + newer)).ShouldContain("not good any more");
    }

    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "different")]
    [InlineData("weakling@example.com", "too easy to guess")]
    [InlineData("Password123456", "too easy to guess")]
    public async Task A_weak_password_is_refused_with_the_reason(string password, string why)
    {
        var (_, key) = await house.InvitedAsync("birch", $"weakling@{Guid.NewGuid():N}.example.com", Role.Viewer);
        using var browser = house.Browse("birch");
        using var answer = await browser.PostAsync("/set-password?key=" + key, Fields(key, password));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(why);
    }

    [Fact]
    public async Task A_forgotten_password_sends_a_link_to_who_has_the_address_and_says_the_same_to_everybody()
    {
        (await house.SignedInAsync("birch", "forgetful@example.com", Role.Viewer)).Browser.Dispose();
        var (_, admin) = await house.SignedInAsync("birch", "boss@example.com", Role.Admin);
        using (admin)
        {
            using var browser = house.Browse("birch");
            var known = await (await browser.PostAsync("/sign-in/forgotten", new() { ["email"] = "forgetful@example.com" })).Content.ReadAsStringAsync();
            var unknown = await (await browser.PostAsync("/sign-in/forgotten", new() { ["email"] = "nobody@example.com" })).Content.ReadAsStringAsync();
            known.ShouldBe(unknown);
            known.ShouldContain("If somebody here has that address");

            var outbox = await admin.TextAsync("/outbox");
            outbox.ShouldContain("forgetful@example.com");
            outbox.ShouldNotContain("nobody@example.com");
            var message = await admin.TextAsync("/outbox/" + Regex.Match(outbox, "outbox/([0-9]+)").Groups[1].Value);
            var link = new Uri(Regex.Match(WebUtility.HtmlDecode(message), "http://[^\\s<]+/set-password[^\\s<]+").Value);
            link.AbsolutePath.ShouldBe("/t/birch/set-password");
            (await browser.TextAsync(link.PathAndQuery["/t/birch".Length..])).ShouldContain("forgetful@example.com");
            house.Clock.Move(TimeSpan.FromHours(1));
            (await browser.TextAsync(link.PathAndQuery["/t/birch".Length..])).ShouldContain("not good any more");
        }
        var (_, viewer) = await house.SignedInAsync("birch", "curious@example.com", Role.Approver);
        using (viewer) (await viewer.StatusAsync("/outbox/1")).ShouldBe(HttpStatusCode.Forbidden);
    }

    static Dictionary<string, string> Fields(string key, string password) => new() { ["key"] = key, ["password"] = password, ["again"] = password };
}
