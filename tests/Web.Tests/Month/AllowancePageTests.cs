using System.Net;

namespace Billing.Web.Tests.Month;

/// <summary>Allowances and caps from the browser: defined, included, given, used, ended.</summary>
[Trait("needs", "postgres")]
public sealed class AllowancePageTests
{
    [Fact]
    public async Task An_allowance_is_defined_given_drawn_from_and_ended()
    {
        await using var desk = await Desk.OpenAsync();
        (await desk.PageAsync("/allowances")).ShouldContain("No allowance is here yet");
        var nothing = await desk.SendAsync("/allowances/new", "", ("Input.Code", "UK1"), ("Input.Name", "One minute"), ("Input.Voice", "true"), ("Input.Pool", "account"), ("Input.Crossing", "split"), ("Input.FirstPeriod", "full"));
        nothing.Html.ShouldContain("It holds nothing.");
        var (_, allowance, _) = await desk.SendAsync("/allowances/new", "", ("Input.Code", "UK1"), ("Input.Name", "One UK minute"), ("Input.Minutes", "1"), ("Input.Voice", "true"), ("Input.Destinations", "UK*"),
            ("Input.Pool", "account"), ("Input.Crossing", "split"), ("Input.FirstPeriod", "full"));
        allowance.ShouldBe("/allowances/1");
        (await desk.PageAsync(allowance!)).ShouldContain("calls: UK*");
        (await desk.SendAsync("/allowances/new", "", ("Input.Code", "UK1"), ("Input.Name", "Again"), ("Input.Minutes", "1"), ("Input.Voice", "true"), ("Input.Pool", "account"), ("Input.Crossing", "split"), ("Input.FirstPeriod", "full")))
            .Html.ShouldContain("The code UK1 is in use");

        await desk.UploadAsync(("october_cdr.csv", Desk.Bytes(Some.Calls)));
        await desk.WorkAsync();
        const string Page = "/accounts/3/allowances?on=2026-10-31";
        (await desk.PageAsync(Page)).ShouldContain("Nothing is included on that day");
        (await desk.SendAsync("/accounts/3/allowances/new", "", ("Input.Allowance", "1"), ("Input.Quantity", "3"), ("Input.AnchorDay", "1"), ("Input.From", "2026-10-01"))).To.ShouldBe("/accounts/3/allowances");

        // Two calls of two minutes; three are included.
        var page = await desk.PageAsync(Page);
        page.ShouldContain("<strong>3 min</strong> of 3 min used, <strong>0 min</strong> left");
        page.ShouldContain("Line 3");
        (await desk.SendAsync("/accounts/3/allowances/1", "", ("Input.LastDay", "2026-09-01"), ("Input.Version", "1"))).Html.ShouldContain("can't be before that");
        (await desk.SendAsync("/accounts/3/allowances/1", "", ("Input.LastDay", "2026-10-07"), ("Input.Version", "1"))).To.ShouldBe("/accounts/3/allowances");
        (await desk.PageAsync(Page)).ShouldContain("<strong>2 min</strong> of 3 min used");
    }

    [Fact]
    public async Task A_product_includes_an_allowance_and_a_cap_is_set_lifted_and_ended()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.SendAsync("/allowances/new", "", ("Input.Code", "POUND"), ("Input.Name", "A pound of calls"), ("Input.Money", "1.00"), ("Input.Voice", "true"), ("Input.Pool", "service"), ("Input.Crossing", "split"), ("Input.FirstPeriod", "full"));
        (await desk.SendAsync("/allowances/1", "Include", ("Input.Product", "1"), ("Input.From", "2026-10-01"))).To.ShouldBe("/allowances/1");
        (await desk.PageAsync("/allowances/1")).ShouldContain("Line rental (LINE)");
        (await desk.SendAsync("/accounts/2/spend-caps/new", "", ("Input.Name", "Limit"), ("Input.Limit", "0.40"), ("Input.AnchorDay", "1"), ("Input.From", "2026-10-01"))).To.ShouldBe("/accounts/2/allowances");
        await desk.UploadAsync(("october_cdr.csv", Desk.Bytes(Some.Calls)));
        await desk.WorkAsync();

        // Ten minutes to France are 3.00; the line has two pounds' worth of it, for it has two rentals. Of the last pound 40p are billed.
        var page = await desk.PageAsync("/accounts/2/allowances?on=2026-10-31");
        page.ShouldContain("A pound of calls, Line 2");
        page.ShouldContain("<strong>2.00 GBP</strong> of 2.00 GBP used");
        page.ShouldContain("was used beyond it and is not billed");
        (await desk.SendAsync("/accounts/2/spend-caps/1", "Consent", ("Input.From", "2026-10-01"), ("Input.Through", "2026-10-31"), ("Input.GivenBy", ""), ("Input.GivenHow", "letter"))).Html.ShouldContain("Who agreed is missing");
        (await desk.SendAsync("/accounts/2/spend-caps/1", "Consent", ("Input.From", "2026-10-01"), ("Input.Through", "2026-10-31"), ("Input.GivenBy", "Ann"), ("Input.GivenHow", "letter"))).To.ShouldBe("/accounts/2/allowances");
        (await desk.PageAsync("/accounts/2/allowances?on=2026-10-31")).ShouldNotContain("was used beyond it");
        (await desk.SendAsync("/accounts/2/spend-caps/1", "End", ("Input.LastDay", "2026-12-31"), ("Input.Version", "1"))).To.ShouldBe("/accounts/2/allowances");
        (await desk.GetAsync("/accounts/1/spend-caps/1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
