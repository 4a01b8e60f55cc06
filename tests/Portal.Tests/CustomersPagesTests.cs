using System.Globalization;
using System.Net;
using System.Text;

namespace Billing.Portal.Tests;

[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class CustomersPagesTests(TwoResellers resellers)
{
    [Fact]
    public async Task The_overview_says_what_is_owed_and_what_is_used_since()
    {
        var html = await resellers.TextAsync(resellers.Alder, "Olga", "/portal");
        var page = WebUtility.HtmlDecode(html);
        // 12.00 rental, 0.05 + 3.00 + 0.10 calls by line, and VAT.
        page.ShouldContain("£18.18");
        page.ShouldContain("INV-000001");
        page.ShouldContain("1 call");
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        html.ShouldNotContain("<script>alert");
    }

    [Fact]
    public async Task The_PDF_is_the_stored_bytes_and_opening_it_is_noted()
    {
        using var response = await resellers.GetAsync(resellers.Alder, "Olga", "/portal/bills/INV-000001/pdf");
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(SomeReseller.PdfOf(resellers.Alder.Tenant, "INV-000001"));
        response.Content.Headers.ContentDisposition!.ToString().ShouldBe("inline; filename=INV-000001.pdf");
        await using var db = await resellers.Database.BeginAsync(resellers.Alder.Tenant.Id);
        (await db.FindAsync($"select actor_kind || '/' || actor_name from tenancy.audit where action = 'bill.opened' order by entry desc limit 1", row => row.Text(0))).ShouldBe("customer/Olga");
    }

    [Fact]
    public async Task Calls_as_a_file_are_those_of_the_page_in_order_and_run_no_formula()
    {
        using var response = await resellers.GetAsync(resellers.Alder, "Olga", "/portal/calls.csv?from=2026-10-01&to=2026-11-30");
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("calls-2026-10-01-to-2026-11-30.csv");
        var lines = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("\uFEFFstarted_at,account,line,direction,from,to,destination,seconds,charge,currency,bill");
        lines.Length.ShouldBe(5);
        lines[1].ShouldStartWith("2026-11-03 11:09:00,A001,Extensions,out,'+441632960012,'+33140000009,France,60,0.3");
        lines[1].ShouldEndWith(",GBP,not billed yet");
        lines[2].ShouldContain("'+441632960013");
        lines[2].ShouldEndWith(",GBP,INV-000001");
        string.Join('\n', lines).ShouldNotContain("44800");
    }

    [Fact]
    public async Task Whoever_sees_one_number_gets_its_calls_alone_on_the_page_in_the_pictures_and_in_the_file()
    {
        foreach (var path in new[] { "/portal/calls?from=2026-10-01&to=2026-11-30", "/portal/calls.csv?from=2026-10-01&to=2026-11-30" })
        {
            var text = await resellers.TextAsync(resellers.Alder, "Nora", path);
            text.ShouldContain("France");
            text.ShouldNotContain("UK landline");
            text.ShouldNotContain("960013");
            text.ShouldNotContain("INV-0");
        }
    }

    [Fact]
    public async Task A_customer_who_wants_no_single_calls_gets_none_anywhere()
    {
        (await resellers.TextAsync(resellers.Alder, "Una", "/portal/calls?from=2026-10-01&to=2026-11-30")).ShouldContain("asked for bills that list no single calls");
        (await resellers.TextAsync(resellers.Alder, "Una", "/portal/calls.csv?from=2026-10-01&to=2026-11-30")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        var bill = await resellers.TextAsync(resellers.Alder, "Una", "/portal/bills/INV-000003");
        bill.ShouldNotContain("calls.csv");
        bill.ShouldContain("/pdf");
        using var calls = await resellers.GetAsync(resellers.Alder, "Una", "/portal/bills/INV-000003/calls.csv");
        calls.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("number=01632 960012", "France", "UK landline")]
    [InlineData("destination=LAND", "UK landline", "0.3")]
    [InlineData("from=2026-11-01&to=2026-11-30", "not billed yet", "INV-000001</a></td>")]
    [InlineData("number=%25", "UK landline", "No such calls")]
    public async Task Calls_are_found_by_day_number_and_destination(string query, string found, string left)
    {
        var page = await resellers.TextAsync(resellers.Alder, "Olga", "/portal/calls?" + (query.StartsWith("from", StringComparison.Ordinal) ? "" : "from=2026-10-01&to=2026-11-30&") + query);
        var table = page[page.IndexOf("<caption>Calls from", StringComparison.Ordinal)..];
        table.ShouldContain(found);
        table.ShouldNotContain(left);
    }

    [Theory]
    [InlineData("?from=x&to=y&after=z&number=%00")]
    [InlineData("?from=9999-99-99&to=0001-01-01")]
    [InlineData("?from=2026-12-01&to=2026-01-01")]
    [InlineData("?after=99999999999999999999-1-1")]
    [InlineData("?after=3155378975999999999-9223372036854775807-9223372036854775807")]
    [InlineData("?destination=%27%3Bdrop+table&number=%27")]
    public async Task Nonsense_in_the_address_of_calls_is_answered(string query)
    {
        using var response = await resellers.GetAsync(resellers.Alder, "Olga", "/portal/calls" + query);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_owner_keeps_the_contacts_and_the_audit_trail_names_them()
    {
        var (birch, cookie) = (resellers.Birch, resellers.Birch.Cookies["Olga"]);
        using var wrong = await resellers.PostAsync(birch.Host, cookie, "/portal/contacts/new?account=A001", null, ("Form.Name", "Zoë & <b>"), ("Form.Email", "no address"), ("Form.Version", "0"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await wrong.Content.ReadAsStringAsync();
        html.ShouldContain("is not an email address");
        html.ShouldContain("value=\"no address\"");

        using var added = await resellers.PostAsync(birch.Host, cookie, "/portal/contacts/new?account=A001", null, ("Form.Name", "Zoë & <b>"), ("Form.Email", "zoe@a.example"), ("Form.GetsTheBill", "true"), ("Form.Version", "0"));
        added.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var contacts = await resellers.TextAsync(birch, "Olga", "/portal/contacts");
        contacts.ShouldContain("zoe@a.example");
        var id = await resellers.AskAsync(birch, "Olga", db => db.ScalarAsync<long>($"select contact_id from portal.my_contact where email = 'zoe@a.example'"));
        var path = string.Create(CultureInfo.InvariantCulture, $"/portal/contacts/{id}");
        using var changed = await resellers.PostAsync(birch.Host, cookie, path, null, ("Form.Name", "Zoë"), ("Form.Email", "zoe@b.example"), ("Form.Version", "1"));
        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var stale = await resellers.PostAsync(birch.Host, cookie, path, null, ("Form.Name", "Zoë 2"), ("Form.Email", "zoe@c.example"), ("Form.Version", "1"));
        (await stale.Content.ReadAsStringAsync()).ShouldContain("was changed by Olga");
        await using (var db = await resellers.Database.BeginAsync(birch.Tenant.Id))
            (await db.FindAsync($"select actor_kind || '/' || actor_name || '/' || action from tenancy.audit where subject = 'customers.contact' order by entry desc limit 1", row => row.Text(0))).ShouldBe("customer/Olga/update");
        using var removed = await resellers.PostAsync(birch.Host, cookie, path, path + "?handler=Remove", ("Form.Version", "2"));
        removed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await resellers.TextAsync(birch, "Olga", "/portal/contacts")).ShouldNotContain("zoe@");
    }

    [Fact]
    public async Task Help_names_the_complaint_route_the_scheme_and_what_is_kept()
    {
        var page = await resellers.TextAsync(resellers.Alder, "Nora", "/portal/help");
        page.ShouldContain("Example Ombudsman");
        page.ShouldContain("six years");
    }

    [Fact]
    public async Task A_form_that_was_not_ours_changes_nothing()
    {
        using var body = new FormUrlEncodedContent([KeyValuePair.Create("Form.Name", "x"), KeyValuePair.Create("Form.Version", "0")]);
        using var response = await resellers.SendAsync(HttpMethod.Post, resellers.Alder.Host, resellers.Alder.Cookies["Olga"], "/portal/contacts/new?account=A001", body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("Alder Telecom");
    }
}
