using System.Net;
using System.Text.RegularExpressions;

namespace Billing.Web.Tests;

[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed partial class PageTests(TwoResellers resellers)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/runs")]
    [InlineData("/runs/1")]
    [InlineData("/runs/1?q=A00&sort=gross&order=desc&page=7")]
    [InlineData("/invoices/INV-000001")]
    [InlineData("/invoices/INV-000003")]
    [InlineData("/cdrs")]
    [InlineData("/cdrs/1")]
    [InlineData("/cdrs/1?state=duplicate")]
    [InlineData("/cdrs/1?state=billed")]
    [InlineData("/errors")]
    [InlineData("/what-if")]
    [InlineData("/what-if/new")]
    [InlineData("/what-if/new?tariff=default")]
    [InlineData("/api-keys")]
    [InlineData("/webhooks")]
    [InlineData("/api-reference")]
    public async Task A_page_is_whole_and_nothing_in_it_is_inline(string path)
    {
        var html = await resellers.Installation.TextAsync("/t/alder" + path);

        html.ShouldStartWith("<!DOCTYPE html>");
        Regex.Count(html, "<h1").ShouldBe(1);
        Regex.Count(html, "<main").ShouldBe(1);
        html.ShouldContain("<a class=\"skip\" href=\"#main\">");
        html.ShouldContain(" – Alder Telecom</title>");
        Scripts().Matches(html).ShouldAllBe(script => script.Value.StartsWith("<script type=\"module\" src=\"/assets/app.js?v=", StringComparison.Ordinal) && script.Value.EndsWith("></script>", StringComparison.Ordinal));
        html.ShouldNotContain(" style=");
        InlineHandlers().Matches(html).ShouldBeEmpty();
        foreach (var table in Tables().Matches(html).Select(m => m.Value))
        {
            table.ShouldContain("<caption");
            Headings().Matches(table).ShouldAllBe(heading => heading.Value.Contains(" scope=\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Every_link_of_every_page_leads_somewhere()
    {
        var (seen, waiting) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>(["/t/alder/", "/t/birch/"]));
        while (waiting.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            using var response = await resellers.Installation.GetAsync(path);
            if (response.StatusCode == HttpStatusCode.Redirect)
            {
                waiting.Enqueue(response.Headers.Location!.ToString());
                continue;
            }
            response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            if (response.Content.Headers.ContentType?.MediaType != "text/html") continue;
            foreach (var link in Links().Matches(await response.Content.ReadAsStringAsync()).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)))
                waiting.Enqueue(new Uri(new Uri("http://localhost" + path), link).PathAndQuery);
        }
        seen.ShouldContain("/t/alder/invoices/INV-000001/pdf");
        seen.ShouldContain("/t/alder/runs/1/invoices.csv?");
        seen.ShouldContain("/t/birch/");
        seen.ShouldContain(path => path.StartsWith("/assets/app.css?v=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_customers_name_is_text_and_never_markup()
    {
        var run = await resellers.Installation.TextAsync("/t/alder/runs/1");
        run.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons");
        run.ShouldContain("Season&#x27;s &lt;em&gt;greetings&lt;/em&gt;");
        WebUtility.HtmlDecode(run).ShouldContain(Some.Accented);

        (await resellers.Installation.TextAsync("/t/alder/cdrs/1")).ShouldContain("&lt;b&gt;when&lt;/b&gt;");
        (await resellers.Installation.TextAsync("/t/alder/?x=<script>")).ShouldNotContain("<script>");
        (await resellers.Installation.TextAsync("/t/alder/runs/1?q=\"><script>")).ShouldNotContain("<script>");
    }

    [Fact]
    public async Task The_overview_answers_how_the_month_is_going()
    {
        var text = Words(await resellers.Installation.TextAsync("/t/alder/"));

        // 12 + 24 + 36 of rental; calls of 0.05, 3.00 and 0.20: 75.25 net, and a fifth of VAT on each invoice.
        text.ShouldContain("Billed, net £75.25");
        text.ShouldContain("VAT £15.05");
        text.ShouldContain("Gross £90.30");
        text.ShouldContain("Services and rental £72.00");
        text.ShouldContain("France 1 £3.00");
        text.ShouldContain("1 account parked");
        text.ShouldContain("At stake in errors ≥ £0.50 2 calls to mend");
        text.ShouldContain("8 lines of 1 file, each in exactly one state");
        text.ShouldContain("Receivables equal the invoices £90.30");
        text.ShouldContain("INV-000001 to INV-000003");
        text.ShouldNotContain("No: ");
    }

    [Fact]
    public async Task A_run_shows_its_checks_its_parked_accounts_and_its_invoices()
    {
        var text = Words(await resellers.Installation.TextAsync("/t/alder/runs/1"));
        text.ShouldContain("up to and including 31 Oct 2026");
        text.ShouldContain("Check billing errors Confirmed by Ann O'Clerk, 1 Nov 2026 09:30");
        text.ShouldContain("In Credit Ltd The total is negative (-6.00 GBP)");
        text.ShouldContain("INV-000003 A003 Zoë’s Café 1 Nov 2026 15 Nov 2026 £36.20 £7.24 £43.44 2 not printed");
    }

    [Fact]
    public async Task Invoices_are_searched_and_sorted_by_the_address()
    {
        Numbers(await resellers.Installation.TextAsync("/t/alder/runs/1?sort=gross&order=desc")).ShouldBe(["INV-000003", "INV-000002", "INV-000001"]);
        Numbers(await resellers.Installation.TextAsync("/t/alder/runs/1?q=CAF%C3%89")).ShouldBe(["INV-000003"]);
        Words(await resellers.Installation.TextAsync("/t/alder/runs/1?q=nobody")).ShouldContain("No invoice of this run matches “nobody”.");
    }

    [Fact]
    public async Task An_invoice_shows_lines_tax_usage_and_its_posting()
    {
        var text = Words(await resellers.Installation.TextAsync("/t/alder/invoices/INV-000002"));
        text.ShouldContain("Line rental Line 2 1 Oct 2026 – 31 Oct 2026 2 £12.00 20% £24.00");
        text.ShouldContain("VAT 20% on £27.00 £5.40");
        text.ShouldContain("France 1 0:10:00 £3.00");
        text.ShouldContain("receivables, account A002 £32.40");
        text.ShouldContain("Sum £32.40 £32.40");
        Words(await resellers.Installation.TextAsync("/t/alder/invoices/INV-000003")).ShouldContain("not printed yet");
    }

    [Fact]
    public async Task A_file_shows_where_its_lines_went_and_why()
    {
        var list = Words(await resellers.Installation.TextAsync("/t/alder/cdrs"));
        list.ShouldContain("october_cdr.csv UK pre-rated uk-prerated-8col");
        list.ShouldContain("8 4 0 0 0 1 2 1 balanced");

        var file = Words(await resellers.Installation.TextAsync("/t/alder/cdrs/1"));
        file.ShouldContain("cdr.bad-");
        file.ShouldContain("441632960001,442079460000,<b>when</b>,12:03:00,180,0.500,R6,GBP");
        Words(await resellers.Installation.TextAsync("/t/alder/cdrs/1?state=duplicate")).ShouldContain("6 The same call as line 5 of october_cdr.csv.");
    }

    [Fact]
    public async Task Errors_stand_by_cause_with_the_money_at_stake()
    {
        var html = await resellers.Installation.TextAsync("/t/alder/errors");
        var text = Words(html);
        text.ShouldContain("2 calls can't be billed, for 2 causes. Money at stake: at least £0.50 .");
        text.ShouldContain("usage.unassigned");
        text.ShouldContain("october_cdr.csv , line 7");

        var link = Regex.Match(WebUtility.HtmlDecode(html), "href=\"([^\"]*/errors/calls[^\"]*)\"[^>]*>\\+441632960999").Groups[1].Value;
        Words(await resellers.Installation.TextAsync(link)).ShouldContain("9 Oct 2026 12:00:00 +441632960999 +442079460000 0:03:00 £0.50");
    }

    [Fact]
    public async Task Causes_of_errors_are_searched_and_sorted_and_leave_as_a_file()
    {
        Words(await resellers.Installation.TextAsync("/t/alder/errors?q=nobody")).ShouldContain("No cause matches “nobody”.");
        var found = Words(await resellers.Installation.TextAsync("/t/alder/errors?q=441632960999&sort=calls&order=desc"));
        found.ShouldContain("2 calls can't be billed, for 2 causes");
        found.ShouldContain("These causes 1 0:03:00 £0.50");

        var lines = (await resellers.Installation.TextAsync("/t/alder/errors/list.csv?q=441632960999")).TrimEnd().Split("\r\n");
        lines.Length.ShouldBe(2);
        lines[0].TrimStart('\uFEFF').ShouldBe("Code,Cause,What is wrong,Calls,Seconds,\"Cost at stake, GBP\",In other currencies,Calls without a cost,First in file,On line");
        lines[1].ShouldStartWith("usage.unassigned,");
        lines[1].ShouldEndWith(",1,180,0.50,,0,october_cdr.csv,7");
    }

    [Fact]
    public async Task Products_leave_as_the_file_that_their_import_takes()
    {
        var lines = (await resellers.Installation.TextAsync("/t/alder/products/list.csv?sort=price&order=desc")).TrimEnd().Split("\r\n");
        lines.Select(line => line.TrimStart('\uFEFF')).ShouldBe(
        [
            "Code,Name,Price,Every,When,Part period,VAT category,Nominal code,Not sold since",
            "LINE,Line rental,12.00,1,arrears,actual,standard,4100,",
            "CREDIT,Goodwill,0.00,once,,,standard,4200,",
        ]);
        Words(await resellers.Installation.TextAsync("/t/alder/products?q=4200")).ShouldNotContain("Line rental");
    }

    static IReadOnlyList<string> Numbers(string html) => [.. Regex.Matches(html, "<th scope=\"row\"[^>]*><a href=\"[^\"]*/invoices/(INV-[0-9]+)\"").Select(m => m.Groups[1].Value)];

    static string Words(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html, " ")), " ");

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("<[^>]* on[a-z]+=")]
    private static partial Regex InlineHandlers();

    [GeneratedRegex("<table.*?</table>", RegexOptions.Singleline)]
    private static partial Regex Tables();

    [GeneratedRegex("<th[ >][^>]*>?")]
    private static partial Regex Headings();

    [GeneratedRegex("(?:href|src)=\"([^\"#]+)[^\"]*\"")]
    private static partial Regex Links();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
