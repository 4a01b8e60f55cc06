using System.Net;
using System.Text.RegularExpressions;
using Billing.Screens.Search;

namespace Billing.Web.Tests;

[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed partial class SearchTests(TwoResellers resellers)
{
    [Theory]
    [InlineData("INV-000002", "Invoices 1 INV-000002 A002")]
    [InlineData("inv-000002", "INV-000002")]
    [InlineData("£43.44", "INV-000003 A003 Zoë’s Café, 1 Nov 2026, £43.44")]
    [InlineData("36.20", "INV-000003")]
    [InlineData("ZOË", "Accounts 1 A003 Zoë’s Café 1 service")]
    [InlineData("01632 960002", "Numbers and circuits 1 +441632960002 Line 2 of A002")]
    [InlineData("+44 1632 960002", "+441632960002 Line 2 of A002")]
    [InlineData("0163296", "Numbers and circuits 3 +441632960001")]
    [InlineData("01632 960999", "Billing errors 1 +441632960999")]
    [InlineData("october_cdr", "CDR files 1 october_cdr.csv UK pre-rated")]
    public async Task The_box_at_the_top_finds(string typed, string found) =>
        Words(await resellers.Installation.TextAsync("/t/alder/search?q=" + Uri.EscapeDataString(typed))).ShouldContain(found);

    [Theory]
    [InlineData("Birch's")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("'; drop table")]
    [InlineData("\\")]
    public async Task What_is_not_this_tenants_is_not_found_and_no_sign_is_a_wildcard(string typed)
    {
        var text = Words(await resellers.Installation.TextAsync("/t/alder/search?q=" + Uri.EscapeDataString(typed)));
        if (typed is not "_") text.ShouldContain("Nothing matches");
        text.ShouldNotContain("Only Birch");
    }

    [Fact]
    public async Task Without_words_it_says_what_can_be_typed() =>
        Words(await resellers.Installation.TextAsync("/t/alder/search")).ShouldContain("an invoice number, a telephone number or circuit");

    [Fact]
    public async Task What_was_typed_is_text()
    {
        var html = await resellers.Installation.TextAsync("/t/alder/search?q=" + Uri.EscapeDataString("\"><script>alert(1)</script>"));
        html.ShouldNotContain("<script>alert");
    }

    [Theory]
    [InlineData("1,234.50", "1234.50", null)]
    [InlineData("€ 5", "5", null)]
    [InlineData("INV-1", null, null)]
    [InlineData("01632 960001", null, "441632960001")]
    [InlineData("+44 (1632) 960-001", null, "441632960001")]
    [InlineData("0163", "163", "44163")]
    public void Words_may_mean_an_amount_or_a_number(string typed, string? amount, string? number)
    {
        var words = SearchWords.Read(typed)!;
        words.Amount.ShouldBe(amount is null ? null : decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
        words.NumberStart.ShouldBe(number);
    }

    static string Words(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html, " ")), " ");

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
