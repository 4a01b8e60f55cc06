using System.Net;
using System.Text.RegularExpressions;
using Billing.Tenancy.Users;
using Billing.Web.Tests.Month;

namespace Billing.Web.Tests.Api;

/// <summary>API keys and webhooks from the browser.</summary>
[Trait("needs", "postgres")]
public sealed class KeyPageTests : IAsyncLifetime
{
    private Desk desk = null!;

    public async Task InitializeAsync() => desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task A_key_is_made_shown_once_used_and_withdrawn()
    {
        (await desk.SendAsync("/api-keys", "", ("Input.Label", ""), ("Input.Scopes", Permission.ViewAccounts))).ShouldSatisfyAllConditions(
            a => a.Status.ShouldBe(HttpStatusCode.UnprocessableEntity), a => a.Html.ShouldContain("label of 1 to 100"));
        (await desk.SendAsync("/api-keys", "", ("Input.Label", "Portal"), ("Input.ExpiresOn", "2020-01-01"), ("Input.Scopes", Permission.ViewAccounts))).Html.ShouldContain("That day is over");
        (await desk.SendAsync("/api-keys", "", ("Input.Label", "Portal"), ("Input.Scopes", Permission.ManagePeople))).Html.ShouldContain("can't be given");

        var (status, _, html) = await desk.SendAsync("/api-keys", "", ("Input.Label", "Dialler <b>"), ("Input.ExpiresOn", "2026-12-31"), ("Input.Scopes", Permission.ViewAccounts), ("Input.Scopes", Permission.ViewDashboard));
        status.ShouldBe(HttpStatusCode.OK);
        var key = Regex.Match(html, "key_[0-9a-z_]+").Value;
        var api = new ApiClient(desk.Installation, key);
        (await api.GetAsync("/accounts"))["items"]!.AsArray().Count.ShouldBe(4);
        (await api.RefusalAsync(HttpMethod.Get, "/invoices")).ShouldBe((403, "api.no-scope"));

        var list = await desk.PageAsync("/api-keys");
        list.ShouldContain("1 Nov 2026");
        list.ShouldNotContain(key.Split('_')[3]);
        (await desk.PageAsync("/api-keys/1")).ShouldNotContain(key.Split('_')[3]);
        (await desk.PageAsync("/audit")).ShouldNotContain(key.Split('_')[3]);
        (await desk.SendAsync("/api-keys/1", "Withdraw")).To.ShouldBe("/api-keys");
        (await api.RefusalAsync(HttpMethod.Get, "/accounts")).ShouldBe((401, "api.no-key"));
        (await desk.PageAsync("/api-keys")).ShouldContain("withdrawn");
    }

    [Fact]
    public async Task A_webhook_is_added_tried_paused_given_a_new_secret_and_removed()
    {
        (await desk.SendAsync("/webhooks", "", ("Input.Url", "http://10.0.0.1/"), ("Input.Events", "invoice.posted"))).ShouldSatisfyAllConditions(
            a => a.Status.ShouldBe(HttpStatusCode.UnprocessableEntity), a => a.Html.ShouldContain("private network"), a => a.Html.ShouldContain("http://10.0.0.1/"));
        var (_, _, html) = await desk.SendAsync("/webhooks", "", ("Input.Url", "https://example.com/events"), ("Input.Events", "invoice.posted"));
        var secret = Regex.Match(html, "whsec_[0-9A-Za-z+/=]+").Value;
        secret.Length.ShouldBe(50);

        (await desk.PageAsync("/webhooks")).ShouldNotContain(secret);
        (await desk.SendAsync("/webhooks/1", "Ping")).To.ShouldBe("/webhooks/1");
        (await desk.PageAsync("/webhooks/1")).ShouldContain("waiting");
        (await desk.SendAsync("/webhooks/1", "Replay", ("delivery", "1"))).To.ShouldBe("/webhooks/1");
        (await desk.SendAsync("/webhooks/1", "Replay", ("delivery", "2"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await desk.SendAsync("/webhooks/1", "Pause")).To.ShouldBe("/webhooks/1");
        (await desk.PageAsync("/webhooks")).ShouldContain("paused");
        (await desk.SendAsync("/webhooks/1", "Resume")).To.ShouldBe("/webhooks/1");
        var again = (await desk.SendAsync("/webhooks/1", "Rotate")).Html;
        again.ShouldContain("signs as well until");
        Regex.Match(again, "whsec_[0-9A-Za-z+/=]+").Value.ShouldNotBe(secret);
        (await desk.SendAsync("/webhooks/1", "Remove")).To.ShouldBe("/webhooks");
        (await desk.PageAsync("/webhooks")).ShouldContain("No webhook yet");
    }

    [Fact]
    public async Task The_reference_names_every_operation_of_the_description()
    {
        var page = await desk.PageAsync("/api-reference");
        var described = System.Text.Json.Nodes.JsonNode.Parse(await desk.Installation.TextAsync("/api/v1/openapi.json"))!["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (string)operation.Value!["operationId"]!)).ToList();

        described.Count.ShouldBeGreaterThan(40);
        foreach (var operation in described) page.ShouldContain($"id=\"{operation}\"");
        page.ShouldContain("curl -X POST -H \"Authorization: Bearer $KEY\"");
    }
}
