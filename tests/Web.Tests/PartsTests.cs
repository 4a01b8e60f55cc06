using System.Net;
using System.Text.RegularExpressions;
using Billing.Host.Web;

namespace Billing.Web.Tests;

[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class PartsTests(TwoResellers resellers)
{
    [Fact]
    public async Task A_field_shows_what_was_typed_what_is_wrong_and_ties_both_to_it()
    {
        var html = await resellers.Installation.TextAsync("/t/alder/parts");
        html.ShouldContain("<label class=\"form-label\" for=\"Form_DueOn\">Due date</label>");
        var field = Regex.Match(html, "<input[^>]*id=\"Form_DueOn\"[^>]*>").Value;
        field.ShouldContain("value=\"31/02/2026\"");
        field.ShouldContain("aria-invalid=\"true\"");
        field.ShouldContain("aria-describedby=\"Form_DueOn-help Form_DueOn-error\"");
        html.ShouldContain("id=\"Form_DueOn-error\">31/02/2026 is no day.");
        html.ShouldContain("<a href=\"#Form_DueOn\">31/02/2026 is no day.");
        html.ShouldContain("2 things need mending");
        Regex.IsMatch(html, "<div class=\"alert alert-danger\" role=\"alert\" tabindex=\"-1\" data-error-summary").ShouldBeTrue();
    }

    [Fact]
    public async Task Every_control_has_a_label()
    {
        var html = await resellers.Installation.TextAsync("/t/alder/parts");
        var labels = Regex.Matches(html, "<label[^>]* for=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToHashSet();
        foreach (var control in Regex.Matches(html, "<(?:input|select|textarea)[^>]*>").Select(m => m.Value))
        {
            if (control.Contains("type=\"hidden\"", StringComparison.Ordinal) || control.Contains("name=\"cols\"", StringComparison.Ordinal)) continue;
            labels.ShouldContain(Regex.Match(control, " id=\"([^\"]+)\"").Groups[1].Value, control);
        }
        var ids = Regex.Matches(html, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task A_chart_is_a_table_first()
    {
        var html = await resellers.Installation.TextAsync("/t/alder/parts");
        var chart = Regex.Match(html, "<figure class=\"chart\" data-chart=\"bar\" data-stacked.*?</figure>", RegexOptions.Singleline).Value;
        chart.ShouldContain("<details class=\"figures\" open>");
        WebUtility.HtmlDecode(chart).ShouldContain("<th scope=\"row\">Sep 2026</th><td class=\"num\" data-value=\"1320.5\">£1,320.50</td>");
        html.ShouldNotContain("aria-label=\"Nothing to draw");
    }

    [Fact]
    public async Task Progress_answers_with_itself_until_it_is_over()
    {
        var running = await FragmentAsync("/t/alder/parts?handler=progress&step=1");
        running.ShouldStartWith("<div class=\"live\"");
        running.ShouldContain("hx-get=\"/t/alder/parts?handler=progress&amp;step=2\"");
        running.ShouldContain("hx-trigger=\"every 2s\"");
        (await FragmentAsync("/t/alder/parts?handler=progress&step=4")).ShouldNotContain("hx-trigger");

        // Opened by itself it is the whole page: nobody is left with a fragment.
        using var whole = await resellers.Installation.GetAsync("/t/alder/parts?handler=progress&step=1");
        whole.Headers.Location!.ToString().ShouldBe("/t/alder/parts");
    }

    [Fact]
    public async Task A_notice_is_said_once_and_words_of_strangers_never()
    {
        using var left = await resellers.Installation.GetAsync("/t/alder/parts?handler=notice");
        var cookie = left.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("notice=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("max-age=60", Case.Insensitive);
        cookie.ShouldNotContain("saved");

        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = resellers.Installation.Client.BaseAddress };
        (await PageAsync(cookie.Split(';')[0])).ShouldContain("Account A001 is saved.");
        (await PageAsync("notice=Account+A001+is+closed")).ShouldNotContain("is closed");

        async Task<string> PageAsync(string cookies)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/t/alder/runs");
            request.Headers.Add("Cookie", cookies + "; " + resellers.Installation.Client.DefaultRequestHeaders.GetValues("Cookie").Single());
            using var page = await client.SendAsync(request);
            // It is taken away as it is shown.
            page.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("notice=;", StringComparison.Ordinal));
            return await page.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task Columns_are_chosen_by_the_address_and_kept_while_sorting()
    {
        var html = await resellers.Installation.TextAsync("/t/alder/runs/1?cols=gross&cols=name");
        var table = Regex.Match(html, "<table[^>]*>(?:(?!</table>).)*matching|<caption>3 invoices.*?</table>", RegexOptions.Singleline).Value;
        table.ShouldContain(">Gross");
        table.ShouldNotContain(">VAT");
        Regex.Count(table, "<td").ShouldBe(3 * 2);
        Uri.UnescapeDataString(WebUtility.HtmlDecode(table)).ShouldContain("href=\"?sort=gross&order=desc&cols=gross,name\"");
    }

    [Theory]
    [InlineData("/runs/1?cols=gross,pdf")]
    [InlineData("/cdrs?cols=kind,balance")]
    [InlineData("/accounts?cols=since,pays")]
    [InlineData("/tariffs?cols=published,by")]
    [InlineData("/parts?cols=name")]
    public async Task Every_column_that_is_shown_keeps_its_heading(string path)
    {
        var html = await resellers.Installation.TextAsync("/t/alder" + path);
        var table = Regex.Matches(html, "<table[^>]*>.*?</table>", RegexOptions.Singleline).Select(m => m.Value).First(t => t.Contains("class=\"sort\"", StringComparison.Ordinal));
        var head = Regex.Match(table, "<thead>.*?</thead>", RegexOptions.Singleline).Value;
        var row = Regex.Match(table, "<tbody>.*?</tr>", RegexOptions.Singleline).Value;
        var headings = Regex.Count(head, "<th ");
        headings.ShouldBe(Regex.Count(row, "<t[hd][ >]"), table);
        headings.ShouldBeLessThan(5);
    }

    [Fact]
    public async Task A_list_is_taken_out_as_an_Excel_file()
    {
        using var response = await resellers.Installation.GetAsync("/t/alder/runs/1/invoices.xlsx?sort=gross&order=desc");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("run-1-invoices.xlsx");
        (await response.Content.ReadAsByteArrayAsync()).AsSpan(0, 2).ToArray().ShouldBe("PK"u8.ToArray());
        using var other = await resellers.Installation.GetAsync("/t/alder/runs/1/invoices.exe");
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void What_to_do_next_is_derived_from_the_facts()
    {
        var quiet = new MonthFacts(null, 0, 0, 0, 0, 0, "£0.00", 0);
        NextStep.Derive(quiet).ShouldBeEmpty();
        var steps = NextStep.Derive(quiet with { UnbalancedFiles = 1, ErrorCauses = 2, ErrorCalls = 3, AtStake = "at least £0.50", OpenCalls = 7 });
        steps.Select(s => s.Address).ShouldBe(["/cdrs", "/errors", "/runs"]);
        steps[1].Words.ShouldBe("3 calls can't be billed, for 2 causes; at least £0.50 at stake.");
    }

    async Task<string> FragmentAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("HX-Request", "true");
        using var response = await resellers.Installation.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadAsStringAsync()).Trim();
    }
}
