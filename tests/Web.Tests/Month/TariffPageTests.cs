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
