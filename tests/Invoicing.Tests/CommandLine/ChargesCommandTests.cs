using Billing.Invoicing.CommandLine;

namespace Billing.Invoicing.Tests.CommandLine;

/// <summary><c>billing charges</c>: exact shapes, because other programs read them, and the worked figures of the rule book.</summary>
[Trait("feature", "REC-7")]
public sealed class ChargesCommandTests
{
    [Fact]
    public void P2_the_stub_before_the_anchor_costs_its_days_of_the_month_that_ends_there() =>
        Answer("""{"id":"1","price":"20.00","every":"1 month","billing":"advance","anchorDay":15,"basis":"actual","start":"2011-01-01","end":"2011-02-27","through":"2011-01-07","decimals":2}""")
            .ShouldBe("""{"id":"1","charges":[{"from":"2011-01-01","to":"2011-01-15","days":14,"of":31,"amount":"9.03"}]}""");

    [Theory]
    [InlineData("actual", "17", "31", "10.97")]
    [InlineData("30", "17", "30", "11.33")]
    [InlineData("30/360", "16", "30", "10.67")]
    public void P2_twenty_pounds_from_the_15th_of_May_on_each_basis(string basis, string days, string of, string amount) =>
        Answer("""{"id":7,"price":"20","every":"1 month","billing":"arrears","basis":"BASIS","start":"2026-05-15","through":"2026-05-31"}""".Replace("BASIS", basis, StringComparison.Ordinal))
            .ShouldBe($$"""{"id":"7","charges":[{"from":"2026-05-15","to":"2026-06-01","days":{{days}},"of":{{of}},"amount":"{{amount}}"}]}""");

    [Fact]
    public void P3_an_advance_charge_pays_the_stub_and_the_next_full_period_and_T5_the_31st_clamps_without_drifting()
    {
        Answer("""{"id":"a","price":20.00,"every":"1 month","start":"2026-05-15","through":"2026-06-01"}""")
            .ShouldBe("""{"id":"a","charges":[{"from":"2026-05-15","to":"2026-06-01","days":17,"of":31,"amount":"10.97"},{"from":"2026-06-01","to":"2026-07-01","days":30,"of":30,"amount":"20.00"}]}""");
        Answer("""{"id":"b","price":"10","every":"1 month","anchorDay":31,"start":"2026-01-31","through":"2026-03-31","decimals":0}""")
            .ShouldBe("""{"id":"b","charges":[{"from":"2026-01-31","to":"2026-02-28","days":28,"of":28,"amount":"10"},{"from":"2026-02-28","to":"2026-03-31","days":31,"of":31,"amount":"10"},{"from":"2026-03-31","to":"2026-04-30","days":30,"of":30,"amount":"10"}]}""");
    }

    [Fact]
    public void P4_a_price_that_changes_in_mid_month_is_two_lines_that_ask_for_one_day_once()
    {
        var (exitCode, lines) = Run(
            """{"id":"old","price":"30","every":"1 month","billing":"arrears","start":"2026-01-01","end":"2026-05-11","through":"2026-05-31"}""",
            """{"id":"new","price":"33","every":"1 month","billing":"arrears","start":"2026-05-11","through":"2026-05-31"}""");
        exitCode.ShouldBe(0);
        lines[0].ShouldEndWith("""{"from":"2026-05-01","to":"2026-05-11","days":10,"of":31,"amount":"9.68"}]}""");
        lines[1].ShouldBe("""{"id":"new","charges":[{"from":"2026-05-11","to":"2026-06-01","days":21,"of":31,"amount":"22.35"}]}""");
    }

    [Fact]
    public void Nothing_due_is_an_answer_and_longer_periods_have_many_names()
    {
        Answer("""{"id":"q","price":"90","every":"1 quarter","billing":"arrears","start":"2026-01-01","through":"2026-03-30"}""").ShouldBe("""{"id":"q","charges":[]}""");
        Answer("""{"id":"y","price":"-365","every":"1 year","start":"2026-01-01","end":null,"through":"2026-12-31"}""")
            .ShouldBe("""{"id":"y","charges":[{"from":"2026-01-01","to":"2027-01-01","days":365,"of":365,"amount":"-365.00"}]}""");
    }

    [Theory]
    [InlineData("""{"id":"1","every":"1 month","start":"2026-01-01","through":"2026-01-31"}""", "charges.bad-price")]
    [InlineData("""{"id":"1","price":"1e3","every":"1 month","start":"2026-01-01","through":"2026-01-31"}""", "charges.bad-price")]
    [InlineData("""{"id":"1","price":"20","every":"1 fortnight","start":"2026-01-01","through":"2026-01-31"}""", "charges.bad-every")]
    [InlineData("""{"id":"1","price":"20","every":"0 months","start":"2026-01-01","through":"2026-01-31"}""", "charges.bad-every")]
    [InlineData("""{"id":"1","price":"20","every":"1 month","billing":"later","start":"2026-01-01","through":"2026-01-31"}""", "charges.bad-billing")]
    [InlineData("""{"id":"1","price":"20","every":"1 month","basis":"365","start":"2026-01-01","through":"2026-01-31"}""", "charges.bad-basis")]
    [InlineData("""{"id":"1","price":"20","every":"1 month","anchorDay":32,"start":"2026-01-01","through":"2026-01-31"}""", "charges.bad-anchor-day")]
    [InlineData("""{"id":"1","price":"20","every":"1 month","start":"2026-02-30","through":"2026-01-31"}""", "charges.bad-start")]
    [InlineData("""{"id":"1","price":"20","every":"1 month","start":"2026-01-01","end":"2026-01-01","through":"2026-01-31"}""", "charges.bad-end")]
    [InlineData("""{"id":"1","price":"20","every":"1 month","start":"2026-01-01","through":"9999-12-31"}""", "charges.bad-through")]
    [InlineData("""{"id":"1","price":"20","every":"1 month","start":"2026-01-01","through":"2026-01-31","decimals":9}""", "charges.bad-decimals")]
    public void What_is_wrong_is_named_and_the_other_lines_are_answered(string bad, string code)
    {
        var (exitCode, lines) = Run(bad, """{"id":"2","price":"20","every":"1 month","start":"2026-01-01","through":"2026-01-31"}""");
        exitCode.ShouldBe(1);
        lines[0].ShouldStartWith($$"""{"id":"1","error":"{{code}}","message":"'""");
        lines[1].ShouldContain("\"amount\":\"20.00\"");
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("{\"id\":\"\\ud800\"}")]
    public void A_line_that_is_no_object_is_named_by_its_place(string bad)
    {
        var (exitCode, lines) = Run("", bad);
        exitCode.ShouldBe(1);
        lines.ShouldHaveSingleItem().ShouldStartWith("""{"line":2,"id":null,"error":"charges.bad-json","message":""");
    }

    private static string Answer(string line)
    {
        var (exitCode, lines) = Run(line);
        exitCode.ShouldBe(0);
        return lines.ShouldHaveSingleItem();
    }

    private static (int ExitCode, string[] Lines) Run(params string[] lines)
    {
        using var services = new StringReader(string.Join('\n', lines));
        using var output = new StringWriter();
        var exitCode = ChargesCommand.Run(services, output, CancellationToken.None);
        return (exitCode, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
