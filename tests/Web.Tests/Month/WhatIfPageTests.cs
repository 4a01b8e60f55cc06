using System.Net;
using Billing.Spreadsheets;

namespace Billing.Web.Tests.Month;

/// <summary>Months replayed from a browser: the question, how far it is, what it came to, as a page and as files.</summary>
[Trait("needs", "postgres")]
public sealed class WhatIfPageTests : IAsyncLifetime
{
    Desk _desk = null!;

    public async Task InitializeAsync()
    {
        _desk = await Desk.OpenAsync();
        await _desk.UploadAsync(("october.csv", Desk.Bytes(Some.Calls)));
        await _desk.WorkAsync();
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    [Trait("feature", "3.5")]
    public async Task F3_5_ten_percent_more_is_asked_followed_and_read()
    {
        (await _desk.PageAsync("/what-if")).ShouldContain("Nothing was replayed yet");
        (await _desk.PageAsync("/tariffs/1")).ShouldContain("/what-if/new?tariff=default");
        (await _desk.PageAsync("/what-if/new?tariff=default")).ShouldContain("value=\"default\"");
        const string to = "/what-if/1";
        var (status, sentTo, html) = await _desk.SendAsync("/what-if/new", "", ("Input.Name", "Ten more"), ("Input.Months", "1"), ("Input.Changes[0].Tariff", "default"), ("Input.Changes[0].Percent", "10"));
        status.ShouldBe(HttpStatusCode.Redirect, html);
        sentTo.ShouldBe(to);
        (await _desk.PageAsync(to)).ShouldContain("Waiting");
        await _desk.WorkAsync();

        var page = await _desk.PageAsync(to);
        // 60 s, 120 s and 120 s at 5p, ten minutes at 30p: 3.25; and a tenth more.
        page.ShouldContain("£3.25");
        page.ShouldContain("+£0.325");
        page.ShouldContain("+10.0 %");
        page.ShouldContain("data-lying");
        page.ShouldContain("A002 Beech Ltd");
        page.ShouldContain("usage.unassigned");
        (await _desk.PageAsync("/what-if")).ShouldContain("Ten more");
        (await _desk.PageAsync(to + "?q=Ash&sort=change&order=desc")).ShouldContain("1 account");
        (await _desk.PageAsync(to + "?q=nobody")).ShouldContain("No account is like that");

        var accounts = await TextAsync(to + "/accounts.csv");
        accounts.ShouldContain("A001,Ash Ltd,1,1,0.05,0.05,0.055,0.005,10");
        (await TextAsync(to + "/destinations.csv")).ShouldContain("voice,France,1,600,3.00,3.00,3.30,0.30,10");
        (await TextAsync(to + "/notices.csv")).ShouldContain("A002,Beech Ltd,1,3.00,3.30,0.30,10");
        using var workbook = await _desk.GetAsync(to + "/accounts.xlsx");
        workbook.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TextAsync(to + "?handler=Draft&place=1")).ShouldContain("0.055");

        (await _desk.SendAsync(to, "Replay")).To.ShouldBe(to);
        await _desk.WorkAsync();
        (await _desk.PageAsync(to)).ShouldContain("£3.25");
        (await _desk.SendAsync(to, "Remove")).To.ShouldBe("/what-if");
        using var gone = await _desk.GetAsync(to);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("feature", "3.5")]
    public async Task F3_5_a_sheet_as_a_draft_shows_whose_calls_have_no_price_any_more()
    {
        var sheet = new CsvWriter().Text("prefix").Text("destination").Text("per_minute").EndRow().Number(44).Text("UK").Number(0.05m).EndRow().ToBytes();
        // In the second row: the first may stay empty.
        using var sent = await _desk.PostFileAsync("/what-if/new", "Input.Changes[1].File", "rates.csv", sheet, ("Input.Name", "Without France"), ("Input.Months", "1"), ("Input.Changes[0].Tariff", ""), ("Input.Changes[1].Tariff", "default"));
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var to = sent.Headers.Location!.ToString();
        await _desk.WorkAsync();
        var page = await _desk.PageAsync(to);
        page.ShouldContain("1 call has no price any more");
        page.ShouldContain("rating.unknown-destination");
        page.ShouldContain("/lines/3");

        using var refused = await _desk.PostFileAsync("/what-if/new", "Input.Changes[1].File", "rates.csv", sheet, ("Input.Name", "Without France"), ("Input.Months", "1"), ("Input.Changes[0].Tariff", ""), ("Input.Changes[1].Tariff", "nothing"));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("A rate sheet needs a tariff it belongs to");
    }

    [Theory]
    [InlineData("Say one thing of tariff", "Input.Changes[0].Tariff", "default")]
    [InlineData("no published tariff with the code 'gold'", "Input.Changes[0].Tariff", "gold", "Input.Changes[0].Percent", "5")]
    [InlineData("no account 'Z999'", "Input.Accounts", "Z999", "Input.MoveTo", "default")]
    [InlineData("Nothing would change", "Input.From", "2026-10")]
    [InlineData("Write the year and the month", "Input.From", "October", "Input.Changes[0].Tariff", "default", "Input.Changes[0].Percent", "5")]
    [InlineData("Between 1 and 24 months", "Input.Months", "99", "Input.Changes[0].Tariff", "default", "Input.Changes[0].Percent", "5")]
    public async Task What_is_wrong_is_said_beside_its_field(string words, params string[] fields)
    {
        var sent = fields.Chunk(2).Select(pair => (pair[0], pair[1])).ToList();
        if (!fields.Contains("Input.Months")) sent.Add(("Input.Months", "1"));
        var (status, _, html) = await _desk.SendAsync("/what-if/new", "", [("Input.Name", "Wrong"), .. sent]);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        html.ShouldContain(words);
        html.ShouldContain("aria-invalid=\"true\"");
    }

    async Task<string> TextAsync(string path)
    {
        using var response = await _desk.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await response.Content.ReadAsStringAsync();
    }
}
