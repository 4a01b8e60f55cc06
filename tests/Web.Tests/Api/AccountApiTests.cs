using System.Net;
using System.Text.Json.Nodes;
using Billing.Tenancy.Users;
using Billing.Web.Tests.Month;

namespace Billing.Web.Tests.Api;

/// <summary>P8: sites and recurring charges of an account by a program, with the refusals of the pages.</summary>
[Trait("needs", "postgres")]
public sealed class AccountApiTests : IAsyncLifetime
{
    private static readonly string[] Lane = ["7 New Lane", "York"];

    private Desk desk = null!;
    private ApiClient api = null!;

    public async Task InitializeAsync()
    {
        desk = await Desk.OpenAsync();
        api = await ApiClient.OfAsync(desk.Installation, "alder");
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task A_site_is_added_changed_and_removed_while_no_service_stands_at_it()
    {
        var site = await api.PostAsync("/accounts/A001/sites", new { name = "Depot", address = Lane, isBilling = true }, HttpStatusCode.Created);
        var address = $"/accounts/A001/sites/{(long)site["id"]!}";
        var sites = (await api.GetAsync("/accounts/A001/sites")).AsArray();
        sites.Select(one => ((string)one!["name"]!, (bool)one["isBilling"]!)).ShouldBe([("Depot", true), ("Office", false)], "there is one billing address");
        ((string)(await api.GetAsync("/accounts/A001"))["billingAddress"]![0]!).ShouldBe("7 New Lane");
        (await api.RefusalAsync(HttpMethod.Post, "/accounts/A001/sites", new { name = "Depot", address = Lane })).ShouldBe((409, "records.taken"));
        (await api.RefusalAsync(HttpMethod.Post, "/accounts/A001/sites", new { name = "", address = Lane })).ShouldBe((422, "records.missing"));
        (await api.RefusalAsync(HttpMethod.Put, address, new { name = "Yard", address = Lane })).ShouldBe((428, "api.no-version"));
        using (var response = await api.SendAsync(HttpMethod.Put, address, new { name = "Yard", address = Lane, isBilling = true }, ifMatch: "\"1\"")) response.Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await api.RefusalAsync(HttpMethod.Put, address, new { name = "Quay", address = Lane }, ifMatch: "\"1\"")).ShouldBe((412, "records.changed-meanwhile"));
        (await desk.PageAsync("/accounts/1")).ShouldContain("Yard");

        (await api.RefusalAsync(HttpMethod.Get, address.Replace("A001", "A002", StringComparison.Ordinal))).ShouldBe((404, "api.not-found"), "it is another account's");
        (await api.RefusalAsync(HttpMethod.Delete, address.Replace("A001", "A002", StringComparison.Ordinal), ifMatch: "\"2\"")).ShouldBe((404, "api.not-found"));
        var office = (await api.GetAsync("/accounts/A001/sites")).AsArray().Single(one => (string)one!["name"]! == "Office")!;
        (await api.RefusalAsync(HttpMethod.Delete, $"/accounts/A001/sites/{(long)office["id"]!}", ifMatch: $"\"{(int)office["version"]!}\"")).ShouldBe((409, "records.in-use"));
        using (var gone = await api.SendAsync(HttpMethod.Delete, address, ifMatch: "\"2\"")) gone.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await api.RefusalAsync(HttpMethod.Get, address)).ShouldBe((404, "api.not-found"));
    }

    [Fact]
    public async Task P8_a_recurring_charge_is_assigned_changed_from_a_day_ended_and_removed()
    {
        var made = await api.PostAsync("/accounts/A001/recurring-charges", new { product = "LINE", service = "Line 1", from = "2026-11-10", quantity = "2" }, HttpStatusCode.Created);
        var address = $"/accounts/A001/recurring-charges/{(long)made["id"]!}";
        (Text(made, "product"), Text(made, "service"), Text(made, "description"), Amount(made, "price"), Amount(made, "quantity"), Text(made, "from")).ShouldBe(("LINE", "Line 1", "Line rental", 12m, 2m, "2026-11-10"), "what is not said is as on the price list");

        JsonNode later;
        using (var response = await api.SendAsync(HttpMethod.Post, address + "/change", new { from = "2026-12-01", price = "9.50" }, ifMatch: "\"1\"")) later = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        (Amount(later, "price"), Amount(later, "quantity"), Text(later, "from"), (long)later["follows"]!).ShouldBe((9.5m, 2m, "2026-12-01", (long)made["id"]!));
        Text(await api.GetAsync(address), "through").ShouldBe("2026-11-30");
        (await api.RefusalAsync(HttpMethod.Post, address + "/change", new { from = "2026-12-02", price = "9.50" }, ifMatch: "\"1\"")).ShouldBe((412, "records.changed-meanwhile"));
        (await api.RefusalAsync(HttpMethod.Post, address + "/change", new { from = "2026-12-02", price = "9.50" }, ifMatch: "\"2\"")).ShouldBe((422, "records.bad-dates"), "another price holds from the first");
        (await api.RefusalAsync(HttpMethod.Post, address + "/end", new { through = "2026-11-20" }, ifMatch: "\"2\"")).ShouldBe((422, "records.bad-dates"), "another one follows");

        var next = $"/accounts/A001/recurring-charges/{(long)later["id"]!}";
        var version = $"\"{(int)later["version"]!}\"";
        (await api.RefusalAsync(HttpMethod.Post, next + "/end", new { through = "9999-12-31" }, ifMatch: version)).ShouldBe((422, "records.bad-dates"));
        using (var response = await api.SendAsync(HttpMethod.Post, next + "/end", new { through = "2027-03-31" }, ifMatch: version))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
            version = response.Headers.ETag!.Tag;
        }
        Text(await api.GetAsync(next), "through").ShouldBe("2027-03-31");
        (await desk.PageAsync("/accounts/1")).ShouldContain("9.50");
        (await api.RefusalAsync(HttpMethod.Delete, address, ifMatch: "\"2\"")).ShouldBe((409, "records.in-use"), "another one follows");
        using (var gone = await api.SendAsync(HttpMethod.Delete, next, ifMatch: version)) gone.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await api.RefusalAsync(HttpMethod.Get, next)).ShouldBe((404, "api.not-found"));
    }

    [Fact]
    public async Task P8_what_is_on_an_invoice_stays_as_it_was()
    {
        var tenant = (await new Billing.Tenancy.Tenants.TenantDirectory(desk.Installation.Database).FindAsync("alder"))!;
        await Some.BillAsync(desk.Installation.Database, TimeProvider.System, tenant);
        var charge = (await api.GetAsync("/accounts/A001/charges"))["recurring"]![0]!;
        var address = $"/accounts/A001/recurring-charges/{(long)charge["id"]!}";
        (await api.RefusalAsync(HttpMethod.Post, address + "/change", new { from = "2026-10-15", price = "1.00" }, ifMatch: "\"1\"")).ShouldBe((409, "records.billed"));
        (await api.RefusalAsync(HttpMethod.Post, address + "/end", new { through = "2026-10-15" }, ifMatch: "\"1\"")).ShouldBe((409, "records.billed"));
        (await api.RefusalAsync(HttpMethod.Delete, address, ifMatch: "\"1\"")).ShouldBe((409, "records.billed"));
        using var response = await api.SendAsync(HttpMethod.Post, address + "/change", new { from = "2026-11-01", quantity = "3" }, ifMatch: "\"1\"");
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_not_there_or_not_allowed_is_refused_with_a_code()
    {
        (await api.RefusalAsync(HttpMethod.Post, "/accounts/A001/recurring-charges", new { product = "CREDIT", from = "2026-11-10" })).ShouldBe((422, "records.no-product"), "it does not recur");
        (await api.RefusalAsync(HttpMethod.Post, "/accounts/A001/recurring-charges", new { product = "LINE", from = "2026-11-10", service = "Line 2" })).ShouldBe((422, "records.no-service"), "it is another account's");
        (await api.RefusalAsync(HttpMethod.Post, "/accounts/A001/recurring-charges", new { product = "LINE", from = "2026-11-10", through = "2026-11-09" })).ShouldBe((422, "records.bad-dates"));
        (await api.RefusalAsync(HttpMethod.Post, "/accounts/A001/recurring-charges", new { product = "LINE", from = "2026-11-10", quantity = "0" })).ShouldBe((422, "records.bad-quantity"));
        (await api.RefusalAsync(HttpMethod.Post, "/accounts/A009/recurring-charges", new { product = "LINE", from = "2026-11-10" })).ShouldBe((404, "api.not-found"));
        var viewer = await ApiClient.OfAsync(desk.Installation, "alder", Permission.ViewAccounts);
        (await viewer.RefusalAsync(HttpMethod.Post, "/accounts/A001/sites", new { name = "Depot", address = Lane })).ShouldBe((403, "api.no-scope"));
        (await viewer.RefusalAsync(HttpMethod.Post, "/accounts/A001/recurring-charges", new { product = "LINE", from = "2026-11-10" })).ShouldBe((403, "api.no-scope"));
    }

    private static decimal Amount(JsonNode node, string member) => decimal.Parse(Text(node, member), System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(JsonNode node, string member) => (string)node[member]!;
}
