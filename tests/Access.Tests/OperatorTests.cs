using System.Net;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Users;

namespace Billing.Access.Tests;

[Trait("needs", "postgres")]
public sealed class OperatorTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Support_sees_nothing_until_it_is_let_in_and_nothing_after_its_time()
    {
        var (_, olga) = await house.SignedInAsync("operator", "olga@example.com", Role.Operator);
        var (_, admin) = await house.SignedInAsync("alder", "owner@example.com", Role.Admin);
        using (olga)
        using (admin)
        {
            (await olga.StatusAsync("//t/alder/runs")).ShouldBe(HttpStatusCode.Redirect);
            (await olga.PostAsync("/tenants/alder?handler=Ask", new() { ["reason"] = "" })).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await olga.PostAsync("/tenants/alder?handler=Ask", new() { ["reason"] = "Ticket 12: wrong VAT" })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            var page = await admin.TextAsync("/settings/support");
            page.ShouldContain("Ticket 12: wrong VAT");
            var id = System.Text.RegularExpressions.Regex.Match(page, "name=\"id\" value=\"([0-9]+)\"").Groups[1].Value;
            (await (await admin.PostAsync("/settings/support?handler=Grant", new() { ["id"] = id, ["role"] = "admin", ["hours"] = "169" })).Content.ReadAsStringAsync()).ShouldContain("one hour to seven days");
            (await admin.PostAsync("/settings/support?handler=Grant", new() { ["id"] = id, ["role"] = "admin", ["hours"] = "4" })).StatusCode.ShouldBe(HttpStatusCode.Redirect);

            (await olga.TextAsync("//t/alder/runs")).ShouldContain("Support access:");
            (await olga.StatusAsync("//t/birch/runs")).ShouldBe(HttpStatusCode.Redirect, "another tenant's word is another's");
            foreach (var path in (string[])["people", "settings/support", "outbox"]) (await olga.StatusAsync("//t/alder/" + path)).ShouldBe(HttpStatusCode.Forbidden, path);
            (await olga.PostAsync("//t/alder/settings/hosts?handler=Add", new() { ["host"] = "alder.example.com", ["purpose"] = "staff" })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            var (entries, _) = await house.DoAsync("alder", db => AuditTrail.ListAsync(db, "olga", "host_name", null, null, 0, 10));
            entries.Single().ActorKind.ShouldBe("support");

            house.Clock.Move(TimeSpan.FromHours(1));
            (await olga.StatusAsync("//t/alder/runs")).ShouldBe(HttpStatusCode.OK);
            (await admin.PostAsync("/settings/support?handler=End", new() { ["id"] = id })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            (await olga.StatusAsync("//t/alder/runs")).ShouldBe(HttpStatusCode.Redirect);
            (await admin.TextAsync("/audit?what=support_access")).ShouldContain("Ticket 12: wrong VAT");
        }
    }

    [Fact]
    public async Task A_stay_ends_by_the_clock()
    {
        var (id, olaf) = await house.SignedInAsync("operator", "olaf@example.com", Role.Operator);
        using (olaf)
        {
            var now = house.Clock.GetUtcNow();
            var person = (await house.DoAsync("operator", db => People.FindAsync(db, id)))!;
            await house.DoAsync("birch", async db => await SupportDesk.GrantAsync(db, (await SupportDesk.RequestAsync(db, person, "look", now)).ValueOrThrow(), Role.Viewer, TimeSpan.FromHours(1), now));
            (await olaf.StatusAsync("//t/birch/runs")).ShouldBe(HttpStatusCode.OK);
            house.Clock.Move(TimeSpan.FromMinutes(59));
            (await olaf.StatusAsync("//t/birch/runs")).ShouldBe(HttpStatusCode.OK);
            house.Clock.Move(TimeSpan.FromMinutes(1));
            (await olaf.StatusAsync("//t/birch/runs")).ShouldBe(HttpStatusCode.Redirect);
        }
    }

    [Fact]
    public async Task An_operator_opens_a_tenant_invites_its_first_admin_and_can_do_so_no_more_once_there_is_one()
    {
        var (_, otto) = await house.SignedInAsync("operator", "otto@example.com", Role.Operator);
        using (otto)
        {
            using var bad = await otto.PostAsync("/tenants", new() { ["name"] = "Cedar", ["slug"] = "installation", ["legalName"] = "", ["address"] = "", ["country"] = "gb", ["currency"] = "pounds", ["timeZone"] = "Mars" });
            var html = await bad.Content.ReadAsStringAsync();
            foreach (var field in (string[])["slug", "legalName", "address", "country", "currency", "timeZone"]) html.ShouldContain($"href=\"#field-{field}\"");
            (await otto.PostAsync("/tenants", new() { ["name"] = "Cedar", ["slug"] = "cedar", ["legalName"] = "Cedar Ltd", ["address"] = "1 Low Road, Town", ["country"] = "GB", ["currency"] = "GBP", ["timeZone"] = "Europe/London" }))
                .StatusCode.ShouldBe(HttpStatusCode.Redirect);
            var answer = await (await otto.PostAsync("/tenants/cedar?handler=First", new() { ["email"] = "first@example.com", ["name"] = "First" })).Content.ReadAsStringAsync();
            var link = new Uri(WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(answer, "http://[^<]+set-password[^<]+").Value));
            using var first = house.Browse("cedar");
            var key = link.Query["?key=".Length..];
            (await first.PostAsync("/set-password?key=" + key, new() { ["key"] = key, ["password"] = House.Password, ["again"] = House.Password })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            (await first.StatusAsync("/people")).ShouldBe(HttpStatusCode.OK);
            (await otto.TextAsync("/tenants/cedar")).ShouldNotContain("The first admin");
            (await otto.PostAsync("/tenants/cedar?handler=First", new() { ["email"] = "second@example.com", ["name"] = "Second" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            foreach (var path in (string[])["/database", "/people", "/audit", "/account", "/tenants"]) (await otto.StatusAsync(path)).ShouldBe(HttpStatusCode.OK, path);
            (await otto.StatusAsync("/runs")).ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_suspended_tenants_people_are_out_at_once_and_read_why()
    {
        await using var scope = new Scope();
        var own = scope.House;
        await own.InitializeAsync();
        var (_, otto) = await own.SignedInAsync("operator", "otto@example.com", Role.Operator);
        var (_, worker) = await own.SignedInAsync("birch", "worker@example.com", Role.Admin);
        using (otto)
        using (worker)
        {
            (await otto.PostAsync("/tenants/birch?handler=Suspend", new() { ["why"] = "The March invoice is open." })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            using var refused = await worker.GetAsync("/runs");
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await refused.Content.ReadAsStringAsync()).ShouldContain("The March invoice is open.");
            using var again = own.Browse("birch");
            (await again.SignInTextAsync("worker@example.com", House.Password)).ShouldContain("The March invoice is open.");
            (await again.SignInTextAsync("worker@example.com", "wrong password")).ShouldNotContain("March");
            (await otto.PostAsync("/tenants/birch?handler=Resume", [])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            (await worker.StatusAsync("/runs")).ShouldBe(HttpStatusCode.OK);
        }
    }

    sealed class Scope : IAsyncDisposable
    {
        public House House { get; } = new();

        public async ValueTask DisposeAsync() => await House.DisposeAsync();
    }
}
