using System.IO.Compression;
using System.Net;

namespace Billing.Web.Tests.Month;

/// <summary>A month's run from the browser, from its dates to the PDFs.</summary>
[Trait("needs", "postgres")]
[Trait("needs", "chromium")]
public sealed class RunPageTests
{
    [Fact]
    public async Task From_open_to_complete_with_two_clicks_on_request_at_once()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.UploadAsync(("october_cdr.csv", Desk.Bytes(Some.Calls)));
        await desk.WorkAsync();
        (await desk.SendAsync("/runs/new", "", ("Input.CutoffOn", "2026-10-31"))).Html.ShouldContain("The invoice date is missing");
        var (_, run, _) = await desk.SendAsync("/runs/new", "", ("Input.InvoiceDate", "2026-11-01"), ("Input.CutoffOn", "2026-10-31"), ("Input.Message", "Thank you"));
        run.ShouldBe("/runs/1");

        foreach (var gate in new[] { "payments", "cdrs-processed", "errors-checked" }) (await desk.SendAsync(run!, "Confirm", ("gate", gate))).To.ShouldBe(run);
        (await desk.SendAsync(run!, "Confirm", ("gate", "payments"))).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(HttpStatusCode.Conflict), a => a.Html.ShouldContain("confirmed that already"));
        (await desk.SendAsync(run!, "Draft")).To.ShouldBe(run);
        (await desk.PageAsync(run!)).ShouldContain("It begins as soon as");
        await desk.WorkAsync();
        (await desk.PageAsync(run + "/draft")).ShouldContain("Ash Ltd");
        (await desk.SendAsync(run!, "Confirm", ("gate", "pre-billing-report"))).To.ShouldBe(run);
        var page = await desk.PageAsync(run!);
        page.ShouldContain("Billing run is ready!");
        var draft = System.Text.RegularExpressions.Regex.Match(page, "name=\"draft\" value=\"([0-9a-f]+)\"").Groups[1].Value;

        var clicks = await desk.SendTwiceAsync(run!, "Request", ("draft", draft));
        clicks.Count(c => c.To == run).ShouldBe(1);
        clicks.Single(c => c.To is null).ShouldSatisfyAllConditions(c => c.Status.ShouldBe(HttpStatusCode.Conflict), c => c.Html.ShouldContain("requested these bills already"));
        await desk.WorkAsync();

        page = await desk.PageAsync(run!);
        page.ShouldContain("Run Complete");
        page.ShouldContain("3 of 3 PDFs produced");
        page.ShouldContain("The total is negative");
        using var zip = await desk.GetAsync(run + "/pdfs.zip");
        zip.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var archive = new ZipArchive(await zip.Content.ReadAsStreamAsync());
        archive.Entries.Select(e => e.Name).ShouldBe(["INV-000001.pdf", "INV-000002.pdf", "INV-000003.pdf"]);
        (await desk.PageAsync("/jobs")).ShouldContain("Posting and printing");
    }

    [Fact]
    public async Task A_draft_that_is_out_of_date_is_not_billed_and_a_run_can_be_given_up()
    {
        await using var desk = await Desk.OpenAsync();
        var (_, run, _) = await desk.SendAsync("/runs/new", "", ("Input.InvoiceDate", "2026-11-01"), ("Input.CutoffOn", "2026-10-31"));
        await desk.SendAsync(run!, "Draft");
        await desk.WorkAsync();
        foreach (var gate in new[] { "payments", "cdrs-processed", "errors-checked", "pre-billing-report" }) await desk.SendAsync(run!, "Confirm", ("gate", gate));
        (await desk.SendAsync(run!, "Withdraw", ("gate", "errors-checked"))).To.ShouldBe(run);

        await desk.UploadAsync(("october_cdr.csv", Desk.Bytes(Some.Calls)));
        (await desk.PageAsync(run!)).ShouldContain("Next Steps");
        await desk.WorkAsync();
        (await desk.PageAsync(run!)).ShouldContain("the calls of");
        (await desk.SendAsync(run!, "Cancel")).To.ShouldBe(run);
        (await desk.PageAsync("/runs")).ShouldContain("Open a run");
    }
}
