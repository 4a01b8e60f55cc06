using System.Net;
using System.Text.RegularExpressions;
using Billing.Tenancy.Tenants;

namespace Billing.Web.Tests.Month;

/// <summary>REC-9, ERR-5, 2.13: carriers' recurring charges from the browser, by a clerk without script.</summary>
[Trait("needs", "postgres")]
public sealed class CarrierChargePageTests : IAsyncLifetime
{
    Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task They_are_nowhere_until_a_carrier_sends_some_and_then_in_menu_list_trace_and_export()
    {
        (await _desk.PageAsync("/runs")).ShouldNotContain("Carrier Charges");
        (await _desk.PageAsync("/carrier-charges")).ShouldContain("No file of recurring charges is in yet");
        await UploadAsync();
        (await _desk.PageAsync("/runs")).ShouldContain("Carrier Charges");

        var list = await _desk.PageAsync("/carrier-charges?state=allocated&sort=amount&order=desc");
        list.IndexOf("LEASED-7", StringComparison.Ordinal).ShouldBeInRange(1, list.IndexOf("CARE-4", StringComparison.Ordinal));
        list.ShouldContain("by hand");
        list.ShouldContain("£162.75", Case.Sensitive, "the sum of the lines");
        (await _desk.PageAsync("/carrier-charges?q=beech")).ShouldContain("No line is like that");
        using (var response = await _desk.GetAsync("/carrier-charges/list.csv?state=bad"))
            (await response.Content.ReadAsStringAsync()).Trim().Split('\n').Length.ShouldBe(2);
        using (var response = await _desk.GetAsync("/carrier-charges/list.xlsx")) response.StatusCode.ShouldBe(HttpStatusCode.OK);

        var line = await _desk.PageAsync("/carrier-charges/files/1/lines/2");
        line.ShouldContain("01632960001,WLR,Business line,01/10/2026,31/10/2026,1,10.50,GBP");
        line.ShouldContain("'+441632960001' belongs to 'Line 1' in these days.");
        line.ShouldContain("Line rental");
        (await _desk.PageAsync("/cdrs/1")).ShouldContain("Its charges, line by line");
        using (var missing = await _desk.GetAsync("/carrier-charges/files/1/lines/99")) missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_cause_is_given_to_a_customer_or_excluded_and_undone()
    {
        await UploadAsync();
        var errors = await _desk.PageAsync("/carrier-charges/errors");
        errors.ShouldContain("at least £51.77");
        var cause = CauseOf(errors, "+441632960998");
        errors.ShouldNotContain("subject=", Case.Sensitive, "a number belongs into no address");
        (await _desk.PageAsync(cause + "&who=beech")).ShouldContain("A002 Beech Ltd, Line 2");
        (await _desk.SendAsync(cause + "&who=beech", "Allocate", ("day", "2026-10-01"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _desk.SendAsync(cause, "Match")).To.ShouldBe("/carrier-charges/errors");
        (await _desk.SendAsync(cause + "&who=beech", "Allocate", ("to", "2-2"), ("day", "2026-10-01"))).To.ShouldBe("/carrier-charges/errors");
        (await _desk.PageAsync("/carrier-charges/errors")).ShouldContain("2 lines are allocated");

        var fee = CauseOf(errors, "Product PLATFORM");
        (await _desk.SendAsync(fee, "Exclude", ("why", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _desk.SendAsync(fee, "Exclude", ("why", "A cost of our own"), ("always", "true"))).To.ShouldBe("/carrier-charges/errors");
        errors = await _desk.PageAsync("/carrier-charges/errors");
        errors.ShouldContain("Excluded: A cost of our own");
        errors.ShouldNotContain("Product PLATFORM");
        var undo = Regex.Match(errors, "ruling=(\\d+)").Groups[1].Value;
        (await _desk.SendAsync("/carrier-charges/errors", "Undo&ruling=" + undo)).To.ShouldBe("/carrier-charges/errors");
        (await _desk.PageAsync("/carrier-charges/errors")).ShouldContain("Product PLATFORM");
        (await _desk.SendAsync("/carrier-charges/errors", "Match")).To.ShouldBe("/carrier-charges/errors");
    }

    [Fact]
    public async Task A_file_is_held_against_the_carriers_invoice_and_its_margin_shows_what_nobody_pays()
    {
        await UploadAsync();
        (await _desk.SendAsync("/carrier-charges/files/1", "Invoice", ("Input.Number", ""), ("Input.Net", "214.52"), ("Input.Currency", "GBP"), ("Input.Version", "0"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _desk.SendAsync("/carrier-charges/files/1", "Invoice", ("Input.Number", "W-10"), ("Input.Net", "214.00"), ("Input.Currency", "gbp"), ("Input.Version", "0"))).To.ShouldBe("/carrier-charges/files/1");
        (await _desk.PageAsync("/carrier-charges/files/1")).ShouldContain("the file has £0.52 more.");
        (await _desk.PageAsync("/carrier-charges")).ShouldContain("£0.52");

        var change = Regex.Match(await _desk.PageAsync("/carrier-charges/products"), "href=\"([^\"]*product=WLR)#change").Groups[1].Value;
        (await _desk.PageAsync(change)).ShouldContain("Sold on as");
        (await _desk.SendAsync(change, "", ("Input.Carrier", "Wholesale carrier"), ("Input.Code", "WLR"), ("Input.Product", "1"), ("Input.Suggested", ""), ("Input.Version", "0"))).To.ShouldBe("/carrier-charges/products");
        (await _desk.PageAsync("/carrier-charges/products")).ShouldContain("WLR is sold on as Line rental.");

        var margin = await _desk.PageAsync("/carrier-charges/margin?month=2026-10");
        margin.ShouldContain("<span>Nobody pays</span><strong class=\"bad\">£204.02</strong>");
        margin.ShouldContain("the account as a whole");
        (await _desk.PageAsync("/carrier-charges/margin?month=2026-10&verdict=sold")).ShouldContain("1 service,");
        using var response = await _desk.GetAsync("/carrier-charges/margin/list.csv?month=2026-10");
        (await response.Content.ReadAsStringAsync()).ShouldContain("Nobody pays");
    }

    static string CauseOf(string page, string title) => Regex.Matches(page, "href=\"(/carrier-charges/errors/cause\\?cause=[0-9a-f]+)\"[^>]*>" + Regex.Escape(title)).Single().Groups[1].Value;

    async Task UploadAsync()
    {
        var tenant = (await new TenantDirectory(_desk.Installation.Database).FindAsync("alder"))!;
        await Some.ChargesAsync(_desk.Installation.Database, TimeProvider.System, tenant);
    }
}
