using System.Net;
using System.Text;
using Billing.Rating.RateCards;
using Billing.Spreadsheets;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Web.Tests.Month;

/// <summary>A new version of a tariff from a browser: what it would change is seen first, whatever kind of file it comes in.</summary>
[Trait("needs", "postgres")]
public sealed class TariffPageTests : IAsyncLifetime
{
    Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task TAR1_a_workbook_shows_what_it_would_change_and_is_published_as_it_was_shown()
    {
        var sheet = new XlsxWriter("Rates").Text("prefix").Text("destination").Text("per_minute").EndRow()
            .Number(33).Text("France").Number(0.25m).EndRow().Number(49).Text("Germany").Number(0.15m).EndRow().ToBytes();
        var (html, hidden) = await _desk.SendFileAsync("/tariffs/publish", "Upload", "rates.xlsx", sheet, ("Input.Code", "default"), ("Input.IsAddition", "false"));
        html.ShouldContain("What it would change");
        html.ShouldContain("Nothing is published yet");
        html.ShouldContain("prefix 49");
        html.ShouldContain("removed");
        hidden["Input.Seen"].ShouldBe("1");
        hidden.ContainsKey("Input.Entered").ShouldBeFalse();

        await PublishAsync(hidden);
        (await StoredAsync("default")).Rates.Select(rate => rate.Key).ShouldBe(["33", "49"]);
    }

    [Fact]
    public async Task TAR1_a_workbook_with_a_fault_is_refused_with_the_cell()
    {
        var sheet = new XlsxWriter("Rates").Text("prefix").Text("destination").Text("per_minute").EndRow().Number(33).Text("France").Text("n/a").EndRow().ToBytes();
        var (html, _) = await _desk.SendFileAsync("/tariffs/publish", "Upload", "rates.xlsx", sheet, ("Input.Code", "default"), ("Input.IsAddition", "false"));
        html.ShouldContain("row 2, column C (per_minute)");
        html.ShouldNotContain("What it would change");
    }

    [Fact]
    public async Task TAR9_differences_are_put_together_with_the_base_shown_published_and_again_when_the_base_changes()
    {
        const string differences = """{ "formatVersion": 1, "name": "Gold", "basedOn": "default", "rates": [{ "prefix": "33", "destination": "France for less", "perMinute": "0.20" }] }""";
        var (html, hidden) = await _desk.SendFileAsync("/tariffs/publish", "Upload", "gold.json", Encoding.UTF8.GetBytes(differences), ("Input.Code", "gold"));
        html.ShouldContain("put together from version 1 of");
        await PublishAsync(hidden);
        var gold = await StoredAsync("gold");
        gold.ResolvedFrom.ShouldBe(new TariffBase("default", 1));
        gold.Rates.Select(rate => (rate.Key, rate.Destination)).ShouldBe([("33", "France for less"), ("44", "UK <landline>")]);
        var page = await _desk.PageAsync("/tariffs/" + await IdAsync("gold"));
        page.ShouldContain("Based on");
        page.ShouldNotContain("See what it would change here");

        // The base gets a rate; nothing changes until somebody publishes again.
        var (_, whole) = await _desk.SendFileAsync("/tariffs/publish", "Upload", "more.csv", "prefix,destination,per_minute\n49,Germany,0.15\n"u8.ToArray(), ("Input.Code", "default"), ("Input.IsAddition", "true"));
        await PublishAsync(whole);
        (await StoredAsync("gold")).Rates.Count.ShouldBe(2);
        (await _desk.PageAsync("/tariffs/" + await IdAsync("gold"))).ShouldContain("See what it would change here");
        var again = await _desk.PageAsync("/tariffs/publish?code=gold&again=true");
        again.ShouldContain("'default' version 1 becomes 'default' version 2");
        again.ShouldContain("Germany");
        using var missing = await _desk.GetAsync("/tariffs/publish?code=default&again=true");
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task TAR9_a_base_that_is_not_there_is_named()
    {
        var (html, _) = await _desk.SendFileAsync("/tariffs/publish", "Upload", "gold.json", """{ "formatVersion": 1, "name": "Gold", "basedOn": "platinum" }"""u8.ToArray(), ("Input.Code", "gold"));
        html.ShouldContain("no tariff with the code 'platinum'");
    }

    [Fact]
    public async Task Tariffs_are_searched_filtered_sorted_and_turned_page_by_page_all_in_the_address()
    {
        await using (var db = await BeginAsync())
        {
            for (var i = 1; i <= 60; i++) await TariffShelf.PublishAsync(db, $"T-{i:000}", Document($"Tariff {61 - i}"), new DateTimeOffset(2026, 3, 1, 9, i % 60, 0, TimeSpan.Zero));
            var gone = (await TariffBook.LoadAsync(db)).Single(tariff => tariff.Code == "T-007");
            (await TariffBook.RetireAsync(db, gone.Id, gone.Version, true)).ValueOrThrow();
            await db.CommitAsync();
        }
        var list = await _desk.PageAsync("/tariffs");
        list.ShouldContain("61 tariffs");
        list.ShouldContain("Page 1 of 2");
        Codes(list).Count.ShouldBe(50);
        Codes(await _desk.PageAsync("/tariffs?page=2&sort=code")).Count.ShouldBe(11);
        Codes(await _desk.PageAsync("/tariffs?q=T-00")).ShouldBe([.. Enumerable.Range(1, 9).Select(i => $"T-{i:000}")]);
        Codes(await _desk.PageAsync("/tariffs?q=T-00&order=desc"))[0].ShouldBe("T-009");
        Codes(await _desk.PageAsync("/tariffs?q=T-00&sort=name"))[0].ShouldBe("T-009", "Tariff 52");
        Codes(await _desk.PageAsync("/tariffs?q=T-00&sort=published&order=desc"))[0].ShouldBe("T-009");
        Codes(await _desk.PageAsync("/tariffs?state=retired")).ShouldBe(["T-007"]);
        Codes(await _desk.PageAsync("/tariffs?q=T-00&state=current")).ShouldNotContain("T-007");
        (await _desk.PageAsync("/tariffs?cols=by")).ShouldNotContain("1 Mar 2026");
        (await _desk.PageAsync("/tariffs?q=no+such")).ShouldContain("No tariff is like that");
        // What makes no sense is as if it were not there.
        Codes(await _desk.PageAsync("/tariffs?q=T-00&sort=%27%3Bdrop+table--&order=%3Cscript%3E&page=-1&state=%22")).Count.ShouldBe(9);
        // The address goes on with the list, and with its files.
        (await _desk.PageAsync("/tariffs?q=T-0&sort=name&order=desc&state=current")).ShouldContain("/tariffs/list.csv?state=current&q=T-0&sort=name&order=desc");
    }

    [Fact]
    public async Task Tariffs_leave_as_a_file_in_the_order_of_the_page_and_no_name_becomes_a_formula()
    {
        await using (var db = await BeginAsync())
        {
            await TariffShelf.PublishAsync(db, "evil", Document(Some.Formula), new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
            await db.CommitAsync();
        }
        using (var response = await _desk.GetAsync("/tariffs/list.csv?sort=code&order=desc"))
        {
            response.Content.Headers.ContentDisposition!.FileName.ShouldBe("tariffs.csv");
            var lines = (await response.Content.ReadAsStringAsync()).TrimStart('\uFEFF').TrimEnd().Split("\r\n");
            lines[0].ShouldBe("Code,Name,State,Version,Published,By");
            lines[1].ShouldStartWith("evil,\"'=HYPERLINK(");
            lines[1].ShouldEndWith(",current,1,2026-03-01,Billing");
            lines[2].ShouldStartWith("default,Sample,default,1,");
            lines.Length.ShouldBe(3);
        }
        using (var response = await _desk.GetAsync("/tariffs/list.xlsx?q=evil"))
        {
            response.Content.Headers.ContentDisposition!.FileName.ShouldBe("tariffs.xlsx");
            var rows = SheetReader.Read(await response.Content.ReadAsByteArrayAsync(), new SheetLimits(Bytes: 1 << 20, Rows: 100)).ValueOrThrow();
            rows.Select(row => row.Cells[0]).ShouldBe(["Code", "evil"]);
            rows[1].Cells[1].ShouldBe(Some.Formula, "text, which no workbook runs");
        }
        using var other = await _desk.GetAsync("/tariffs/list.exe");
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    static string Document(string name) => $$"""
        { "formatVersion": 1, "name": {{System.Text.Json.JsonSerializer.Serialize(name)}}, "currency": "GBP", "timeZone": "Europe/London", "rounding": { "mode": "up", "unit": "0.0001", "level": "call" },
          "defaults": { "interval": { "first": 1, "next": 1 } }, "rates": [{ "prefix": "44", "destination": "UK", "perMinute": "0.05" }] }
        """;

    static IReadOnlyList<string> Codes(string html) => [.. System.Text.RegularExpressions.Regex.Matches(html, "<th scope=\"row\"><a href=\"[^\"]*/tariffs/[0-9]+\">([^<]+)</a>").Select(m => m.Groups[1].Value)];

    async Task PublishAsync(IReadOnlyDictionary<string, string> hidden)
    {
        var (status, to, html) = await _desk.SendAsync("/tariffs/publish", "Publish", [.. hidden.Where(field => field.Key.StartsWith("Input.", StringComparison.Ordinal)).Select(field => (field.Key, field.Value))]);
        status.ShouldBe(HttpStatusCode.Redirect, html);
        to!.ShouldStartWith("/tariffs/");
    }

    async Task<Tariff> StoredAsync(string code)
    {
        await using var db = await BeginAsync();
        var entry = (await TariffBook.LoadAsync(db)).Single(tariff => tariff.Code == code);
        return TariffReader.Read((await TariffBook.FindDocumentAsync(db, entry.Id, entry.Latest))!).TariffOrThrow();
    }

    async Task<string> IdAsync(string code)
    {
        await using var db = await BeginAsync();
        return (await TariffBook.LoadAsync(db)).Single(tariff => tariff.Code == code).Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    async Task<TenantDb> BeginAsync() => await _desk.Installation.Database.BeginAsync((await new TenantDirectory(_desk.Installation.Database).ListAsync())[0].Id);
}
