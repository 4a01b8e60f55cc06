using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Billing.Invoicing.Documents;

namespace Billing.Templates.Tests;

public sealed class StandardInvoiceTests
{
    /// <summary>What every field says at once: an end of everything a text may stand in.</summary>
    const string Hostile = "\"'></style></title><script>alert(1)</script><!-- {{ 7 * 7 }} \\ &amp; } @page { margin: 0 } *{display:none}\nŁódź";

    public static TheoryData<string> Names => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_sample_has_its_approved_page(string name)
    {
        var html = Page.Of(Samples.Invoice(name)).Html;
        // The style is the same but for colours, and is looked at in print; the logo is the sample's own bytes.
        html = Regex.Replace(html, "(?<=<style>).*(?=</style>)", " ... ", RegexOptions.Singleline);
        html = Regex.Replace(html, "(?<=base64,)[^\"]*", "...");
        Approved.ShouldMatch(name, html);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_invoice_from_storage_gives_the_same_page(string name)
    {
        using var stored = JsonDocument.Parse(Samples.Text(name));
        Page.Of(stored).Html.ShouldBe(Page.Of(Samples.Invoice(name)).Html);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_printed_lines_add_up_to_the_printed_totals(string name) => ShouldAddUp(Samples.Invoice(name));

    [Fact]
    public void So_do_those_of_a_busy_customer() => ShouldAddUp(Samples.Heavy(1200, 700, 400, 190, 9, 1));

    [Fact]
    public void Calls_are_added_up_exactly_and_the_page_says_what_they_are_billed_as()
    {
        var page = Page.Of(Samples.Invoice("small"));
        page.Words.ShouldContain("Total of calls £2.2445, billed as £2.25");
        page.Rows("Every call").ShouldContain(row => row[0] == "Total of calls; 3 calls free, not listed; billed as £2.24" && row[1] == "2.2361");
        page.Rows("By service")[0].ShouldBe(["020 7946 0123 - Reception", "8", "1:21:57", "2.2361", "£2.24"]);
    }

    [Fact]
    public void Prices_show_all_their_decimals_and_no_more()
    {
        Page.Of(Samples.Invoice("reverse-charge")).Rows("Every call")[0][^1].ShouldBe("0.042");
        var invoice = Samples.Invoice("small");
        var services = invoice.Usage!.Services.Select(service => service with
        {
            Charge = 3m,
            Items = [.. service.Items.Select(call => call with { Charge = 0.5m })],
        }).ToList();
        var even = invoice with { Usage = invoice.Usage with { Charge = 6m, Services = services, Destinations = [new("France", 9, 10, 6m)] } };
        Page.Of(even).Rows("Every call")[0][^1].ShouldBe("0.50");
    }

    [Fact]
    public void All_that_a_service_costs_stands_together_whatever_the_order_of_the_lines()
    {
        var small = Samples.Invoice("small");
        var rows = Page.Of(small).Rows("Your charges");
        rows.Where(row => row.Length == 1).Select(row => row[0]).ShouldBe(["020 7946 0123 - Reception", "01225 960001 - Shop", "Your account"]);
        rows.ShouldContain(row => row[0] == "Total for 01225 960001 - Shop" && row[1] == "£113.72");
        Page.Of(small with { Lines = [.. small.Lines.OrderBy(line => line.Service, StringComparer.Ordinal)] }).Rows("Your charges").Count.ShouldBe(rows.Count);
    }

    [Fact]
    public void A_service_may_be_called_anything()
    {
        var small = Samples.Invoice("small");
        foreach (var name in (string[])["size", "", "__proto__", "title", "for"])
        {
            var lines = small.Lines.Select(line => line with { Service = line.Service is null ? null : name }).ToList();
            Page.Of(small with { Lines = lines }).Rows("Your charges").Count(row => row.Length > 2).ShouldBe(lines.Count);
        }
    }

    [Fact]
    public void A_free_destination_is_counted_and_not_named()
    {
        var page = Page.Of(Samples.Invoice("small"));
        page.Words.ShouldNotContain("Freephone");
        page.Rows("By destination").ShouldContain(row => row[0] == "Free destinations" && row[2] == "3" && row[3] == "9:00");
    }

    [Fact]
    public void Where_bills_are_not_itemised_no_number_that_was_called_is_printed()
    {
        var page = Page.Of(Samples.Invoice("unitemised"));
        page.Words.ShouldContain("Single calls are not listed, as you asked.");
        page.Words.ShouldNotContain("Every call");
        page.Root.Descendants("table").ShouldNotContain(table => (string?)table.Attribute("class") == "items");
    }

    [Fact]
    public void A_late_call_is_marked_and_explained()
    {
        var page = Page.Of(Samples.Invoice("small"));
        page.Words.ShouldContain("1 call of an earlier period reached us late and is billed here, marked LATE.");
        page.Rows("Every call").Count(row => row.Any(cell => cell.EndsWith("LATE", StringComparison.Ordinal))).ShouldBe(1);
    }

    [Theory]
    [InlineData("+442079460123", "020 7946 0123")]
    [InlineData("+441632960455", "01632 960455")]
    [InlineData("+441134960200", "0113 496 0200")]
    [InlineData("+441314960200", "0131 496 0200")]
    [InlineData("+447700900417", "07700 900417")]
    [InlineData("+448081570123", "0808 157 0123")]
    [InlineData("+33199001234", "+33199001234")]
    [InlineData("+44116", "+44116")]
    [InlineData("999", "999")]
    [InlineData("withheld", "withheld")]
    [InlineData("", "")]
    public void A_called_number_is_printed_as_people_say_it(string to, string printed)
    {
        var small = Samples.Invoice("small");
        var service = small.Usage!.Services[1];
        var invoice = small with { Usage = small.Usage with { Services = [service with { Items = [service.Items[0] with { To = to }] }] } };
        Page.Of(invoice).Rows("Every call")[0][1].ShouldBe(printed);
    }

    [Fact]
    public void A_draft_says_on_every_page_that_it_is_no_VAT_invoice()
    {
        Page.Of(Samples.Invoice("draft")).Style.ShouldContain("content: \"DRAFT – not a VAT invoice\"");
        Page.Of(Samples.Invoice("draft")).Words.ShouldContain("Please do not pay it.");
        foreach (var name in Samples.Names.Where(name => name != "draft")) Page.Of(Samples.Invoice(name)).Html.ShouldNotContain("draft", Case.Insensitive);
    }

    [Theory]
    [InlineData("small", "£159.55 by 15 March 2026 Paid by Direct Debit We will collect £159.55 from your bank account on 15 March 2026")]
    [InlineData("card", "by 15 March 2026 Paid by card")]
    [InlineData("reverse-charge", "Account number: 55779911 IBAN: GB33 BUKB 2020 1555 5555 55 Reference: HT-2026-000320")]
    [InlineData("credit", "Credit £303.43 Nothing to pay This invoice is in your favour.")]
    [InlineData("zero", "£0.00 Nothing to pay")]
    public void It_says_how_it_is_paid(string name, string words) => Page.Of(Samples.Invoice(name)).Words.ShouldContain(words);

    [Fact]
    public void What_the_law_wants_about_a_reverse_charge_is_said() =>
        Page.Of(Samples.Invoice("reverse-charge")).Words.ShouldContain("Reverse charge: the customer accounts for the VAT to HMRC (VAT Act 1994, section 55A). Your VAT number: GB 987 6543 21.");

    [Theory]
    [InlineData("01234567", "registered in England and Wales with number 01234567")]
    [InlineData("SC123456", "registered in Scotland with number SC123456")]
    [InlineData("NI123456", "registered in Northern Ireland with number NI123456")]
    public void The_company_is_named_as_the_law_wants(string number, string words)
    {
        var small = Samples.Invoice("small");
        Page.Of(small with { Seller = small.Seller with { CompanyNumber = number } }).Words.ShouldContain(words);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_text_stays_text_in_every_field(string name)
    {
        var page = Page.Of(Samples.Saying(Hostile, Samples.Invoice(name)));
        page.Root.Descendants().Select(element => element.Name.LocalName).ShouldNotContain("script");
        page.Root.Nodes().OfType<System.Xml.Linq.XComment>().ShouldBeEmpty();
        page.Root.Descendants().SelectMany(element => element.Attributes()).Select(attribute => attribute.Name.LocalName).Distinct()
            .ShouldBeSubsetOf(["lang", "charset", "name", "content", "class", "style", "colspan", "alt", "src"]);
        page.Words.ShouldContain(Hostile.Replace('\n', ' '));
        page.Words.ShouldNotContain("49");
        // In the style sheet: outside of quotes it is the same as for anybody else.
        Outline(page.Style).ShouldBe(Outline(Page.Of(Samples.Saying("Plain", Samples.Invoice(name))).Style));

        static string Outline(string style) => Regex.Replace(style, "\"[^\"\\n]*\"", "\"\"");
    }

    [Theory]
    [InlineData("#ff8800", "--brand: #ff8800;")]
    [InlineData("#FF8800", "--brand: #FF8800;")]
    [InlineData("red", "--brand: #1f3a5f;")]
    [InlineData("", "--brand: #1f3a5f;")]
    [InlineData("#ff8800;} body{display:none", "--brand: #1f3a5f;")]
    [InlineData("#ff8800\n", "--brand: #1f3a5f;")]
    public void Only_a_plain_colour_reaches_the_style_sheet(string colour, string style)
    {
        var small = Samples.Invoice("small");
        var brand = small.Seller.Brand with { PrimaryColour = colour };
        Page.Of(small with { Seller = small.Seller with { Brand = brand } }).Style.ShouldContain(style);
    }

    [Fact]
    public void The_logo_is_a_picture_that_can_run_nothing()
    {
        var page = Page.Of(Samples.Invoice("small"));
        var picture = page.Root.Descendants("img").Single();
        var source = (string)picture.Attribute("src")!;
        source.ShouldStartWith("data:image/svg+xml;base64,");
        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(source[(source.IndexOf(',', StringComparison.Ordinal) + 1)..]))
            .ShouldBe(Samples.Invoice("small").Seller.Brand.LogoSvg);
        page.Root.Descendants("svg").ShouldBeEmpty();
    }

    static void ShouldAddUp(InvoiceDocument invoice)
    {
        var page = Page.Of(invoice);
        var lines = page.Rows("Your charges").Where(row => row.Length > 2).Select(row => Amount(row[^1])).ToList();
        lines.Order().ShouldBe(invoice.Lines.Select(line => line.Net).Order());
        lines.Sum().ShouldBe(invoice.Net);
        Amount(page.Rows("Your charges").Last()[^1]).ShouldBe(invoice.Net);

        // Each service's total is the sum of the lines above it.
        var subtotal = 0m;
        foreach (var row in page.Rows("Your charges").SkipLast(1))
        {
            if (row.Length == 1) subtotal = 0;
            else if (row.Length == 2) Amount(row[1]).ShouldBe(subtotal);
            else subtotal += Amount(row[^1]);
        }

        var summary = page.Rows("Summary").ToLookup(row => row[0], row => Amount(row[1]));
        invoice.Groups.ShouldAllBe(group => summary[group.Title].Single() == group.Net);
        invoice.Groups.Sum(group => summary[group.Title].Single()).ShouldBe(invoice.Net);
        summary[page.Rows("Summary").Last()[0]].Single().ShouldBe(invoice.Gross);
        if (invoice.Seller.VatNumber is not null)
        {
            var taxes = page.Rows("VAT").Select(row => (Net: Amount(row[1]), Vat: Amount(row[2]))).ToList();
            taxes.SkipLast(1).Sum(tax => tax.Net).ShouldBe(taxes[^1].Net);
            taxes.SkipLast(1).Sum(tax => tax.Vat).ShouldBe(taxes[^1].Vat);
            taxes[^1].ShouldBe((invoice.Net, invoice.Vat));
            (summary["Total without VAT"].Single() + summary["VAT"].Single()).ShouldBe(invoice.Gross);
        }
        if (invoice.Usage is not { } usage) return;

        var destinations = page.Rows("By destination");
        destinations.SkipLast(1).Sum(row => Amount(row[^1])).ShouldBe(usage.Charge);
        destinations.SkipLast(1).Sum(row => Amount(row[2])).ShouldBe(usage.Calls);
        Amount(destinations[^1][^1]).ShouldBe(usage.Charge);
        var services = page.Rows("By service");
        services.SkipLast(1).Select(row => (Amount(row[^2]), Amount(row[^1]))).ShouldBe(usage.Services.Select(service => (service.Charge, service.Billed)));
        services.SkipLast(1).Sum(row => Amount(row[1])).ShouldBe(usage.Calls);
        (Amount(services[^1][^2]), Amount(services[^1][^1])).ShouldBe((usage.Charge, usage.Billed));
        if (!usage.IsItemised) return;

        var calls = page.Rows("Every call");
        calls.Where(row => row.Length > 2).Select(row => Amount(row[^1])).ShouldBe(usage.Services.SelectMany(service => service.Items).Select(call => call.Charge));
        calls.Where(row => row.Length == 2).Select(row => Amount(row[1])).ShouldBe(usage.Services.Where(service => service.Items.Count > 0).Select(service => service.Charge));
    }

    static decimal Amount(string printed) => decimal.Parse(
        printed.Replace('−', '-').Replace("£", "", StringComparison.Ordinal).Replace("€", "", StringComparison.Ordinal),
        NumberStyles.Number, CultureInfo.InvariantCulture);
}
