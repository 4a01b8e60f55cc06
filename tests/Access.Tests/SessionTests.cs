using System.Net;
using Billing.Tenancy.Users;

namespace Billing.Access.Tests;

[Trait("needs", "postgres")]
public sealed class SessionTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_cookie_of_one_tenant_is_nothing_at_another()
    {
        var (id, browser) = await house.SignedInAsync("alder", "cross@example.com", Role.Admin);
        browser.Dispose();
        var key = await house.DoAsync("alder", db => Sessions.BeginAsync(db, id, true, "", "", house.Clock.GetUtcNow()));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = house.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"sid={key}; oid={key}; cid={key}");
        (await client.GetAsync(new Uri("/t/alder/runs", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync(new Uri("/t/birch/runs", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await client.GetAsync(new Uri("/operator/tenants", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_sign_in_ends_by_itself_when_idle_and_when_old()
    {
        var (_, idle) = await house.SignedInAsync("alder", "idle@example.com", Role.Viewer);
        var (_, busy) = await house.SignedInAsync("alder", "busy@example.com", Role.Viewer);
        using (idle)
        using (busy)
        {
            for (var hours = 0; hours < 23; hours++)
            {
                house.Clock.Move(TimeSpan.FromHours(1));
                (await busy.StatusAsync("/runs")).ShouldBe(HttpStatusCode.OK);
            }
            (await idle.StatusAsync("/runs")).ShouldBe(HttpStatusCode.Redirect);
            house.Clock.Move(TimeSpan.FromHours(1));
            (await busy.StatusAsync("/runs")).ShouldBe(HttpStatusCode.Redirect);
        }
    }

    [Fact]
    public async Task What_an_admin_ends_disables_or_lowers_holds_at_the_next_request()
    {
        var (_, admin) = await house.SignedInAsync("birch", "admin@example.com", Role.Admin);
        var (id, browser) = await house.SignedInAsync("birch", "worker@example.com", Role.Admin);
        using (admin)
        using (browser)
        {
            (await browser.StatusAsync("/people")).ShouldBe(HttpStatusCode.OK);
            (await admin.PostAsync($"/people/{id.Value}?handler=Role", new() { ["role"] = Role.Viewer })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            using (var refused = await browser.GetAsync("/people"))
            {
                refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
                var html = await refused.Content.ReadAsStringAsync();
                html.ShouldContain("people.manage");
                html.ShouldContain("Ask Person admin");
            }
            (await browser.StatusAsync("/runs")).ShouldBe(HttpStatusCode.OK);

            (await admin.PostAsync($"/people/{id.Value}?handler=End", [])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            (await browser.StatusAsync("/runs")).ShouldBe(HttpStatusCode.Redirect);
            (await browser.SignInAsync("worker@example.com", House.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            (await browser.StatusAsync("/runs")).ShouldBe(HttpStatusCode.OK);

            (await admin.PostAsync($"/people/{id.Value}?handler=Disable", [])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            (await browser.StatusAsync("/runs")).ShouldBe(HttpStatusCode.Redirect);
            (await browser.SignInTextAsync("worker@example.com", House.Password)).ShouldContain("is not right");
        }
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sign_ins()
    {
        var (_, here) = await house.SignedInAsync("birch", "changer@example.com", Role.Viewer);
        using var there = house.Browse("birch");
        using (here)
        {
            (await there.SignInAsync("changer@example.com", House.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            (await there.StatusAsync("/runs")).ShouldBe(HttpStatusCode.OK);
            const string Other = "nine paper lanterns float";
            (await (await here.PostAsync("/account?handler=Password", new() { ["current"] = "wrong", ["password"] = Other, ["again"] = Other })).Content.ReadAsStringAsync()).ShouldContain("not your present password");
            (await here.PostAsync("/account?handler=Password", new() { ["current"] = House.Password, ["password"] = Other, ["again"] = Other })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            (await here.StatusAsync("/runs")).ShouldBe(HttpStatusCode.OK);
            (await there.StatusAsync("/runs")).ShouldBe(HttpStatusCode.Redirect);
            (await there.SignInTextAsync("changer@example.com", House.Password)).ShouldContain("is not right");
        }
    }

    [Fact]
    public async Task The_last_who_can_manage_people_stays()
    {
        await using var other = new HouseScope();
        await other.House.InitializeAsync();
        var (id, browser) = await other.House.SignedInAsync("alder", "only@example.com", Role.Admin);
        using (browser)
        {
            using var answer = await browser.PostAsync($"/people/{id.Value}?handler=Disable", []);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("Nobody else here can manage people");
        }
    }

    sealed class HouseScope : IAsyncDisposable
    {
        public House House { get; } = new();

        public async ValueTask DisposeAsync() => await House.DisposeAsync();
    }
}
