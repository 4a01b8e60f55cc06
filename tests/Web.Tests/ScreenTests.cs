using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Spreadsheets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Billing.Web.Tests;

public sealed class ScreenTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+44", "'+44")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a, \"b\"", "\"a, \"\"b\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("plain", "plain")]
    [InlineData(null, "")]
    public void A_cell_of_words_is_never_a_formula(string? value, string cell) =>
        new CsvWriter().Text(value).ToString().ShouldBe("\uFEFF" + cell);

    [Fact]
    public void A_negative_amount_stays_a_number() => new CsvWriter().Number(-5.20m).ToString().ShouldBe("\uFEFF-5.20");

    [Fact]
    public void Amounts_are_written_the_same_everywhere()
    {
        Written.Amount(1234.5m, Currency.Gbp).ShouldBe("£1,234.50");
        Written.Amount(-3m, Currency.Gbp).ShouldBe("-£3.00");
        Written.Amount(-0.001m, Currency.Gbp).ShouldBe("£0.00");
        Written.Amount(1234m, Currency.Of("JPY")).ShouldBe("JPY 1,234");
        Written.Price(0.08085m, Currency.Gbp).ShouldBe("£0.08085");
        Written.Price(3m, Currency.Eur).ShouldBe("€3.00");
        Written.Duration(90061).ShouldBe("25:01:01");
        Written.Counted(1, "call", "calls").ShouldBe("1 call");
    }

    [Fact]
    public void A_list_keeps_its_state_in_the_address()
    {
        var list = Read("?q=zo%C3%AB&sort=gross&order=desc&page=3&state=error&other=1");
        list.ToString().ShouldBe("?state=error&q=zo%C3%AB&sort=gross&order=desc&page=3");
        list.SortedBy("gross", descendingFirst: true).ShouldBe("?state=error&q=zo%C3%AB&sort=gross");
        list.SortedBy("number", descendingFirst: false).ShouldBe("?state=error&q=zo%C3%AB");
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?page=-1")]
    [InlineData("?page=x&sort=%27;drop")]
    [InlineData("?page=99999999999")]
    public void Nonsense_in_the_address_is_as_if_it_were_not_there(string address) => Read(address).ToString().ShouldBe("?");

    [Fact]
    public void A_page_beyond_the_last_one_is_the_last_one()
    {
        var page = Read("?page=9").Cut([.. Enumerable.Range(1, 23)]);
        page.Items.ShouldBe([21, 22, 23]);
        page.Query.Page.ShouldBe(3);
        Read("?page=9").Cut(Array.Empty<int>()).Query.Page.ShouldBe(1);
    }

    static ListQuery Read(string address) => ListQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(address)), ["number", "gross"], 10, "state");
}
