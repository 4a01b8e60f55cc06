using System.Net;
using System.Text.Json.Nodes;
using Billing.Rating.RateCards;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Web.Tests.Month;

namespace Billing.Web.Tests.Api;

/// <summary>TAR1: tariffs by a program: read piece by piece, sent in as drafts, published as they were compared.</summary>
[Trait("needs", "postgres")]
public sealed class TariffApiTests : IAsyncLifetime
{
    private const string Gold = """
        { "formatVersion": 1, "name": "Gold", "currency": "GBP", "timeZone": "Europe/London", "rounding": { "mode": "up", "unit": "0.0001", "level": "call" },
          "defaults": { "interval": { "first": 1, "next": 1 } }, "bandPricing": "split",
          "timeBands": [ { "name": "day", "when": [ { "days": [ "mon", "tue", "wed", "thu", "fri" ], "from": "08:00", "to": "18:00" } ] },
            { "name": "rest", "when": [ { "days": [ "mon", "tue", "wed", "thu", "fri" ], "from": "00:00", "to": "08:00" }, { "days": [ "mon", "tue", "wed", "thu", "fri" ], "from": "18:00", "to": "24:00" },
                                        { "days": [ "sat", "sun" ], "from": "00:00", "to": "24:00" } ] } ],
          "rates": [ { "prefix": "4420", "destination": "London", "perMinute": "0.02" }, { "prefix": "44", "destination": "UK", "perMinute": { "day": "0.05", "rest": "0.01" } },
                     { "chargeCode": "X1", "destination": "Premium", "perCall": "1.50" }, { "prefix": "33", "destination": "France", "perMinute": "0.30", "from": "2026-01-01" } ] }
        """;

    private Desk desk = null!;
    private ApiClient api = null!;

    public async Task InitializeAsync()
    {
        desk = await Desk.OpenAsync();
        api = await ApiClient.OfAsync(desk.Installation, "alder");
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task A_tariff_is_made_read_and_walked_rate_by_rate()
    {
        using (var made = await api.SendAsync(HttpMethod.Post, "/tariffs", new { code = "gold", document = Gold, note = "For good customers" }))
        {
            made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
            made.Headers.Location!.ToString().ShouldBe("/api/v1/tariffs/gold");
            made.Headers.ETag!.Tag.ShouldBe("\"1\"");
        }
        (await api.RefusalAsync(HttpMethod.Post, "/tariffs", new { code = "gold", document = Gold })).ShouldBe((409, "records.taken"));

        var first = await api.GetAsync("/tariffs?limit=1");
        ((string)first["items"]![0]!["code"]!).ShouldBe("default");
        var second = await api.GetAsync("/tariffs?limit=1&after=" + (string)first["next"]!);
        ((string)second["items"]![0]!["name"]!).ShouldBe("Gold");
        second["next"].ShouldBeNull();
        (await api.GetAsync("/tariffs?updatedSince=2099-01-01T00:00:00Z"))["items"]!.AsArray().ShouldBeEmpty();
        (await api.GetAsync("/tariffs?updatedSince=2020-01-01T00:00:00Z"))["items"]!.AsArray().Count.ShouldBe(2);

        var version = (await api.GetAsync("/tariffs/gold/versions"))["items"]!.AsArray().Single()!;
        ((string)version["note"]!).ShouldBe("For good customers");
        var (seen, after) = (new List<string>(), "");
        do
        {
            var piece = await api.GetAsync("/tariffs/gold/versions/1/rates?limit=1" + after);
            seen.AddRange(piece["items"]!.AsArray().Select(item => (string)item!["foundBy"]! + " " + (string)item["key"]!));
            after = piece["next"] is { } next ? "&after=" + (string)next! : "";
        }
        while (after.Length > 0);
        seen.ShouldBe(["prefix 33", "prefix 44", "prefix 4420", "charge-code X1"]);

        var rates = (await api.GetAsync("/tariffs/gold/versions/1/rates?prefix=%2B44"))["items"]!.AsArray();
        rates.Select(rate => (string)rate!["destination"]!).ShouldBe(["UK", "London"]);
        rates[0]!["perMinute"]!.ToJsonString().ShouldBe("""{"day":"0.05","rest":"0.01"}""");
        rates[1]!["perMinute"]!.ToJsonString().ShouldBe("""{"day":"0.02","rest":"0.02"}""");
        var piecewise = await api.GetAsync("/tariffs/gold/versions/1/rates?prefix=44&limit=1");
        ((string)(await api.GetAsync("/tariffs/gold/versions/1/rates?prefix=44&limit=1&after=" + (string)piecewise["next"]!))["items"]![0]!["key"]!).ShouldBe("4420");
        (await api.RefusalAsync(HttpMethod.Get, "/tariffs/gold/versions/1/rates?prefix=44%25")).ShouldBe((422, "tariff.bad-prefix"));
        (await api.RefusalAsync(HttpMethod.Get, "/tariffs/gold/versions/1/rates?after=MTp6enp6")).ShouldBe((422, "api.bad-cursor"));
        (await api.RefusalAsync(HttpMethod.Get, "/tariffs/gold/versions/2/rates")).ShouldBe((404, "api.not-found"));
        (await api.RefusalAsync(HttpMethod.Get, "/tariffs/silver")).ShouldBe((404, "api.not-found"));
    }

    [Fact]
    public async Task What_is_wrong_with_a_document_or_a_sheet_is_said_fault_by_fault_with_its_place()
    {
        using (var response = await api.SendAsync(HttpMethod.Post, "/tariffs", new { code = "bad", document = Gold.Replace("\"0.02\"", "\"cheap\"", StringComparison.Ordinal).Replace("\"GBP\"", "\"POUNDS\"", StringComparison.Ordinal) }))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            var faults = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["faults"]!.AsArray();
            faults.Count.ShouldBe(2);
            faults.ShouldContain(fault => (string)fault!["place"]! == "$.rates[0].perMinute");
        }
        using (var response = await api.SendAsync(HttpMethod.Post, "/tariffs/default/drafts", "prefix,destination,per_minute\n49,Germany,n/a\n50,Nowhere,\n"))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            ((string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["faults"]![0]!["place"]!).ShouldStartWith("line 2");
        }
        (await api.RefusalAsync(HttpMethod.Post, "/tariffs/default/drafts", "")).ShouldBe((422, "tariff.file-empty"));
        (await api.RefusalAsync(HttpMethod.Post, "/tariffs/nobody/drafts", "prefix,destination,per_minute\n49,Germany,0.15\n")).ShouldBe((404, "api.not-found"));
        (await api.GetAsync("/tariffs/default/drafts")).AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sheet_is_a_draft_that_prices_nothing_until_somebody_publishes_it()
    {
        var draft = await api.PostAsync("/tariffs/default/drafts?adds=true", "prefix,destination,per_minute\n49,Germany,0.15\n", HttpStatusCode.Created);
        ((int)draft["added"]!, (int)draft["removed"]!, (int)draft["rates"]!, (int)draft["comparedWith"]!).ShouldBe((1, 0, 3, 1));
        var replacing = await api.PostAsync("/tariffs/default/drafts", "prefix,destination,per_minute\n44,UK,0.15\n", HttpStatusCode.Created);
        ((int)replacing["changed"]!, (int)replacing["removed"]!).ShouldBe((1, 1));
        ((int)(await api.GetAsync("/tariffs/default"))["latestVersion"]!).ShouldBe(1);
        var page = await desk.PageAsync("/tariffs/1");
        page.ShouldContain("Drafts");
        page.ShouldContain("by Test");

        var published = await api.PostAsync($"/tariffs/default/drafts/{(long)draft["id"]!}/publish", new { note = "October" }, HttpStatusCode.OK);
        ((int)published["version"]!).ShouldBe(2);
        ((string)published["publishedBy"]!).ShouldBe("Test");
        (await api.GetAsync("/tariffs/default/versions/2/rates?prefix=49"))["items"]!.AsArray().Count.ShouldBe(1);
        // The other one was compared with the version before.
        var late = $"/tariffs/default/drafts/{(long)replacing["id"]!}";
        (await api.RefusalAsync(HttpMethod.Post, late + "/publish", new { })).ShouldBe((409, "records.changed-meanwhile"));
        using (var gone = await api.SendAsync(HttpMethod.Delete, late)) gone.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await api.RefusalAsync(HttpMethod.Get, late)).ShouldBe((404, "api.not-found"));
        (await api.GetAsync("/tariffs/default/drafts")).AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_persons_page_shows_a_programs_draft_and_publishes_it()
    {
        var draft = await api.PostAsync("/tariffs/default/drafts", """{ "formatVersion": 1, "name": "Less", "basedOn": "default", "rates": [ { "prefix": "33", "destination": "France", "perMinute": "0.10" } ] }""", HttpStatusCode.Created);
        var address = $"/tariffs/publish?code=default&draft={(long)draft["id"]!}";
        var page = await desk.PageAsync(address);
        page.ShouldContain("What it would change");
        var fields = System.Text.RegularExpressions.Regex.Matches(page, "<input type=\"hidden\" name=\"(Input\\.\\w+)\" value=\"((?:[^\"]|\"(?!>))*)\">").Select(m => (m.Groups[1].Value, m.Groups[2].Value)).DistinctBy(f => f.Item1).ToArray();
        (await desk.SendAsync(address, "Publish", fields)).To.ShouldBe("/tariffs/1");
        (await api.GetAsync("/tariffs/default/drafts")).AsArray().ShouldBeEmpty();
        ((string)(await api.GetAsync("/tariffs/default/versions/2/rates?prefix=33"))["items"]![0]!["perMinute"]!.AsObject().Single().Value!).ShouldBe("0.1");
        using var missing = await desk.GetAsync(address);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var another = await api.PostAsync("/tariffs/default/drafts", "prefix,destination,per_minute\n49,Germany,0.15\n", HttpStatusCode.Created);
        (await desk.SendAsync("/tariffs/1", "Discard", ("draft", ((long)another["id"]!).ToString(System.Globalization.CultureInfo.InvariantCulture)))).To.ShouldBe("/tariffs/1");
        (await api.GetAsync("/tariffs/default/drafts")).AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Drafts_do_not_pile_up()
    {
        for (var i = 0; i < TariffDrafts.Most; i++) await api.PostAsync("/tariffs/default/drafts", $"prefix,destination,per_minute\n49,Germany,0.{i + 10}\n", HttpStatusCode.Created);
        (await api.RefusalAsync(HttpMethod.Post, "/tariffs/default/drafts", "prefix,destination,per_minute\n49,Germany,0.99\n")).ShouldBe((409, "tariff.too-many-drafts"));
    }

    [Fact]
    public async Task It_is_made_the_default_retired_and_brought_back_by_who_read_it_last()
    {
        await api.PostAsync("/tariffs", new { code = "gold", document = Gold }, HttpStatusCode.Created);
        (await api.RefusalAsync(HttpMethod.Post, "/tariffs/gold/default")).ShouldBe((428, "api.no-version"));
        (await api.RefusalAsync(HttpMethod.Post, "/tariffs/gold/default", ifMatch: "\"7\"")).Status.ShouldBeOneOf(409, 412);
        using (var response = await api.SendAsync(HttpMethod.Post, "/tariffs/gold/default", ifMatch: "\"1\"")) response.Headers.ETag!.Tag.ShouldBe("\"2\"");
        ((bool)(await api.GetAsync("/tariffs/default"))["isDefault"]!).ShouldBeFalse();
        (await api.RefusalAsync(HttpMethod.Post, "/tariffs/gold/retire", ifMatch: "\"2\"")).ShouldBe((409, "records.in-use"));
        using (var response = await api.SendAsync(HttpMethod.Post, "/tariffs/default/retire", ifMatch: "\"2\"")) response.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((bool)(await api.GetAsync("/tariffs/default"))["isRetired"]!).ShouldBeTrue();
        (await api.RefusalAsync(HttpMethod.Post, "/tariffs/default/restore", ifMatch: "\"2\"")).ShouldBe((412, "records.changed-meanwhile"));
    }

    [Fact]
    public async Task A_key_needs_the_scope_of_the_page_and_another_one_to_take_a_document_out()
    {
        var viewer = await ApiClient.OfAsync(desk.Installation, "alder", Permission.ViewTariffs);
        await viewer.GetAsync("/tariffs/default/versions/1/rates");
        (await viewer.RefusalAsync(HttpMethod.Get, "/tariffs/default/versions/1/document")).ShouldBe((403, "api.no-scope"));
        (await viewer.RefusalAsync(HttpMethod.Post, "/tariffs", new { code = "gold", document = Gold })).ShouldBe((403, "api.no-scope"));
        (await viewer.RefusalAsync(HttpMethod.Post, "/tariffs/default/drafts", "x")).ShouldBe((403, "api.no-scope"));
        using var response = await (await ApiClient.OfAsync(desk.Installation, "alder", Permission.ViewTariffs, Permission.Export)).SendAsync(HttpMethod.Get, "/tariffs/default/versions/1/document");
        TariffReader.Read(await response.Content.ReadAsStringAsync()).TariffOrThrow().Name.ShouldBe("Sample");
        await using var db = await desk.Installation.Database.BeginAsync((await new TenantDirectory(desk.Installation.Database).FindAsync("alder"))!.Id);
        (await TariffBook.LoadAsync(db)).Count.ShouldBe(1);
    }
}
