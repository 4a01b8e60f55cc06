using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Web.Tests.Month;

namespace Billing.Web.Tests.Api;

/// <summary>The month's work by a program: the limits, refusals and gates of the pages.</summary>
[Trait("needs", "postgres")]
public sealed class MonthApiTests : IAsyncLifetime
{
    private Desk desk = null!;
    private ApiClient api = null!;

    public async Task InitializeAsync()
    {
        desk = await Desk.OpenAsync();
        api = await ApiClient.OfAsync(desk.Installation, "alder");
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task An_account_without_days_to_pay_gets_the_companys()
    {
        var tenant = (await new TenantDirectory(desk.Installation.Database).FindAsync("alder"))!;
        await using (var db = await desk.Installation.Database.BeginAsync(tenant.Id))
        {
            await db.ExecuteAsync($"update tenancy.tenant set payment_days = 30");
            await db.CommitAsync();
        }
        string[] address = ["1 Mill Lane"];
        var made = await api.PostAsync("/accounts", new { Account = new { Number = "A-30", Name = "Mill Lane", StartedOn = "2026-11-01" }, BillingAddress = address }, HttpStatusCode.Created);
        ((int)made["paymentDays"]!).ShouldBe(30);
        using var changed = await api.SendAsync(HttpMethod.Put, "/accounts/A-30", new { Number = "A-30", Name = "Mill Lane Dental", StartedOn = "2026-11-01" }, ifMatch: "\"1\"");
        ((int)JsonNode.Parse(await changed.Content.ReadAsStringAsync())!["paymentDays"]!).ShouldBe(30);
    }

    [Fact]
    public async Task An_uploaded_file_is_watched_until_it_is_in_and_the_same_bytes_are_one_file()
    {
        var upload = await api.PostAsync("/cdr-uploads?name=october.csv", Some.Calls, HttpStatusCode.Accepted);
        ((string)upload["state"]!).ShouldBe("waiting");
        ((bool)upload["job"]!["isLive"]!).ShouldBeTrue();
        (await api.RefusalAsync(HttpMethod.Post, "/cdr-uploads?name=again.csv", Some.Calls)).ShouldBe((409, "usage.file-pending"));

        await desk.WorkAsync();
        var done = await api.GetAsync("/cdr-uploads/" + (long)upload["id"]!);
        ((string)done["state"]!).ShouldBe("done");
        ((string)(await api.GetAsync("/jobs/" + (long)upload["job"]!["id"]!))["state"]!).ShouldBe("done");
        ((bool)(await api.GetAsync("/cdr-files/" + (long)done["fileId"]!))["balance"]!["isBalanced"]!).ShouldBeTrue();
        (await api.RefusalAsync(HttpMethod.Post, "/cdr-uploads?name=again.csv", Some.Calls)).ShouldBe((409, "usage.file-known"));
        (await desk.PageAsync("/cdrs/uploads/1")).ShouldContain("Test", customMessage: "the key's label stands where a person's name would");
    }

    [Fact]
    public async Task What_is_refused_is_listed_with_its_reason_and_refused_alike_when_sent_again()
    {
        foreach (var (name, bytes, status, code) in new[] { ("empty.csv", "", 422, "usage.file-empty"), ("big.csv", new string('x', 30_000), 413, "usage.file-too-big"), ("bill.pdf", "%PDF-1.7\n", 422, "cdr.binary") })
        {
            var key = Guid.NewGuid().ToString();
            var first = await api.RefusalAsync(HttpMethod.Post, "/cdr-uploads?name=" + name, bytes, key);
            first.Status.ShouldBe(status, name);
            if (code != "cdr.binary") first.Code.ShouldBe(code);
            (await api.RefusalAsync(HttpMethod.Post, "/cdr-uploads?name=" + name, bytes, key)).ShouldBe(first);
        }
        // More than the endpoint reads at all.
        (await api.RefusalAsync(HttpMethod.Post, "/cdr-uploads?name=huge.csv", new string('x', 2_000_000))).ShouldBe((413, "usage.file-too-big"));

        var listed = (await api.GetAsync("/cdr-uploads"))["items"]!.AsArray();
        listed.Select(item => (string)item!["name"]!).ShouldBe(["bill.pdf", "big.csv", "empty.csv"]);
        listed.ShouldAllBe(item => (string)item!["state"]! == "refused");
        desk.StoredFiles.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_is_billed_by_a_program_in_the_order_of_its_steps()
    {
        await api.PostAsync("/cdr-uploads?name=october.csv", Some.Calls, HttpStatusCode.Accepted);
        await desk.WorkAsync();
        var run = "/billing-runs/" + (long)(await api.PostAsync("/billing-runs", new { invoiceDate = "2026-11-01", cutoffOn = "2026-10-31" }, HttpStatusCode.Created))["id"]!;

        (await api.RefusalAsync(HttpMethod.Post, run + "/confirmations", new { gate = "errors-checked" })).ShouldBe((409, "run.gate-order"));
        (await api.RefusalAsync(HttpMethod.Post, run + "/confirmations", new { gate = "all" })).ShouldBe((422, "run.unknown-gate"));
        (await api.RefusalAsync(HttpMethod.Post, run + "/request", new { draft = "" })).ShouldBe((409, "run.draft-changed"));
        foreach (var gate in new[] { "payments", "cdrs-processed", "errors-checked" }) await api.PostAsync(run + "/confirmations", new { gate }, HttpStatusCode.OK);
        (await api.RefusalAsync(HttpMethod.Post, run + "/confirmations", new { gate = "pre-billing-report" })).ShouldBe((409, "run.no-draft"));

        var job = await api.PostAsync(run + "/draft", null, HttpStatusCode.Accepted);
        await desk.WorkAsync();
        ((string)(await api.GetAsync("/jobs/" + (long)job["id"]!))["state"]!).ShouldBe("done");
        (await api.GetAsync(run + "/draft")).AsArray().Count.ShouldBe(4);
        await api.PostAsync(run + "/confirmations", new { gate = "pre-billing-report" }, HttpStatusCode.OK);
        Step(await api.GetAsync(run + "/steps"), "request").ShouldBe("now");

        var draft = (string)(await api.GetAsync(run))["draftHash"]!;
        var clerk = await ApiClient.OfAsync(desk.Installation, "alder", [.. Role.PermissionsOf(Role.BillingClerk)]);
        (await clerk.RefusalAsync(HttpMethod.Post, run + "/request", new { draft })).ShouldBe((403, "api.no-scope"));
        await api.PostAsync(run + "/request", new { draft }, HttpStatusCode.Accepted);
        (await api.RefusalAsync(HttpMethod.Post, run + "/request", new { draft })).ShouldBe((409, "run.requested-already"));
        (await api.RefusalAsync(HttpMethod.Put, run, new { invoiceDate = "2026-11-02", cutoffOn = "2026-10-31" })).ShouldBe((409, "run.fields-locked"));
        ((string)(await api.GetAsync(run))["status"]!).ShouldBe("requested");
    }

    [Fact]
    public async Task A_job_is_seen_by_those_who_may_see_what_it_is_about()
    {
        await api.PostAsync("/cdr-uploads?name=october.csv", Some.Calls, HttpStatusCode.Accepted);
        var stranger = await ApiClient.OfAsync(desk.Installation, "alder", Permission.ViewDashboard, Permission.ViewBilling);

        (await stranger.GetAsync("/jobs"))["items"]!.AsArray().ShouldBeEmpty();
        (await stranger.RefusalAsync(HttpMethod.Get, "/jobs/1")).ShouldBe((404, "api.not-found"));
        (await stranger.RefusalAsync(HttpMethod.Post, "/jobs/1/cancel")).ShouldBe((404, "api.not-found"));
        (await api.RefusalAsync(HttpMethod.Post, "/jobs/1/cancel")).ShouldBe((409, "job.no-cancel"));
    }

    [Fact]
    public async Task Errors_are_excluded_with_a_reason_and_brought_back_and_show_numbers_to_those_who_mend()
    {
        await api.PostAsync("/cdr-uploads?name=october.csv", Some.Calls, HttpStatusCode.Accepted);
        await desk.WorkAsync();
        var viewer = await ApiClient.OfAsync(desk.Installation, "alder", Permission.ViewUsage);
        (await viewer.GetAsync("/billing-errors")).ToJsonString().ShouldNotContain("441632960999");
        var cause = (await api.GetAsync("/billing-errors"))["items"]!.AsArray().Single(error => (string)error!["code"]! == "usage.unassigned")!;
        ((string)cause["subject"]!).ShouldBe("+441632960999");
        var address = "/billing-errors/" + (string)cause["key"]!;

        ((int)(await api.GetAsync(address + "/preview"))["cleared"]!).ShouldBe(0);
        (await viewer.RefusalAsync(HttpMethod.Post, address + "/exclude", new { why = "x" })).ShouldBe((403, "api.no-scope"));
        (await api.RefusalAsync(HttpMethod.Post, address + "/exclude", new { why = " " })).ShouldBe((422, "errors.no-reason"));
        ((int)(await api.PostAsync(address + "/exclude", new { why = "Our own test line" }, HttpStatusCode.OK))["calls"]!).ShouldBe(1);
        (await api.RefusalAsync(HttpMethod.Post, address + "/rerate")).ShouldBe((404, "api.not-found"));
        var exclusion = (await api.GetAsync("/exclusions"))[0]!;
        ((string)exclusion["why"]!).ShouldBe("Our own test line");
        (await viewer.GetAsync("/exclusions")).ToJsonString().ShouldNotContain("441632960999");
        ((int)(await api.PostAsync($"/exclusions/{(string)exclusion["key"]!}/undo", null, HttpStatusCode.OK))["calls"]!).ShouldBe(1);
        ((string)(await api.PostAsync(address + "/rerate", null, HttpStatusCode.Accepted))["kind"]!).ShouldBe("usage.rerate");
    }

    [Fact]
    public async Task Errors_and_runs_are_walked_piece_by_piece()
    {
        var calls = new System.Text.StringBuilder("caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n");
        for (var i = 0; i < 5; i++) calls.Append(System.Globalization.CultureInfo.InvariantCulture, $"44163296099{i},442079460000,09/10/2026,12:03:00,180,0.{(i % 3) + 1}00,E{i},GBP\n");
        await api.PostAsync("/cdr-uploads?name=errors.csv", calls.ToString(), HttpStatusCode.Accepted);
        await desk.WorkAsync();
        var whole = (await api.GetAsync("/billing-errors"))["items"]!.AsArray().Select(error => (string)error!["key"]!).ToList();
        whole.Count.ShouldBe(5);
        (await WalkAsync("/billing-errors", "key")).ShouldBe(whole);
        (await api.GetAsync("/billing-errors"))["items"]!.AsArray().Select(error => (string)error!["costs"]![0]!["amount"]!).ShouldBeInOrder(SortDirection.Descending);
        (await api.RefusalAsync(HttpMethod.Get, "/billing-errors?after=MTp6enp6")).ShouldBe((422, "api.bad-cursor"));
        // A cursor is read by who may see four digits only.
        var viewer = await ApiClient.OfAsync(desk.Installation, "alder", Permission.ViewUsage);
        System.Text.Encoding.UTF8.GetString(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode((string)(await viewer.GetAsync("/billing-errors?limit=1"))["next"]!)).ShouldNotContain("44163296099");

        for (var i = 1; i <= 3; i++)
        {
            var run = (long)(await api.PostAsync("/billing-runs", new { invoiceDate = "2026-11-01", cutoffOn = "2026-10-31" }, HttpStatusCode.Created))["id"]!;
            await api.PostAsync($"/billing-runs/{run}/cancel", null, HttpStatusCode.OK);
        }
        (await WalkAsync("/billing-runs", "id")).ShouldBe(["3", "2", "1"]);
        (await api.GetAsync("/billing-runs?updatedSince=2099-01-01T00:00:00Z"))["items"]!.AsArray().ShouldBeEmpty();
        (await api.RefusalAsync(HttpMethod.Get, "/billing-runs?after=MTp6enp6")).ShouldBe((422, "api.bad-cursor"));
    }

    private async Task<IReadOnlyList<string>> WalkAsync(string list, string key)
    {
        var (seen, after) = (new List<string>(), "");
        do
        {
            var piece = await api.GetAsync(list + "?limit=1" + after);
            seen.AddRange(piece["items"]!.AsArray().Select(item => item![key]!.ToString()));
            after = piece["next"] is { } next ? "&after=" + (string)next! : "";
        }
        while (after.Length > 0);
        return seen;
    }

    [Fact]
    public async Task A_failed_file_is_tried_again_or_dropped_with_a_reason()
    {
        var odd = await api.PostAsync("/cdr-uploads?name=odd.txt", "a;b;c\n1;2;3\n", HttpStatusCode.Accepted);
        ((string)odd["state"]!).ShouldBe("failed");
        ((string)odd["failure"]!["code"]!).ShouldBe("cdr.not-recognised");
        (await api.RefusalAsync(HttpMethod.Post, "/cdr-uploads/1/retry", new { format = "no-such" })).ShouldBe((422, "cdr.unknown-format"));
        (await api.RefusalAsync(HttpMethod.Post, "/cdr-uploads/1/drop", new { why = " " })).ShouldBe((422, "upload.no-reason"));
        (await api.RefusalAsync(HttpMethod.Post, "/cdr-uploads/9/drop", new { why = "x" })).ShouldBe((404, "upload.not-found"));
        ((string)(await api.PostAsync("/cdr-uploads/1/drop", new { why = "Not ours" }, HttpStatusCode.OK))["droppedWhy"]!).ShouldBe("Not ours");
        desk.StoredFiles.ShouldBe(0);
    }

    private static string Step(JsonNode steps, string name) => (string)steps.AsArray().Single(step => (string)step!["name"]! == name)!["state"]!;
}
