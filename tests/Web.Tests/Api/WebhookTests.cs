using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Billing.Api.Webhooks;
using Billing.Host.Jobs;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests.Api;

/// <summary>Events out, to a real receiver on this machine.</summary>
[Trait("needs", "postgres")]
public sealed class WebhookTests : IAsyncLifetime
{
    static readonly WebhookSettings Anywhere = new(true);

    readonly MovedClock clock = new();
    readonly Receiver receiver = Receiver.Start();
    readonly string folder = Directory.CreateTempSubdirectory("billing-webhooks-").FullName;
    Installation installation = null!;
    Tenant alder = null!;
    WebhookSender sender = null!;

    public async Task InitializeAsync()
    {
        installation = await Installation.StartAsync(async (database, time) =>
        {
            alder = await Some.OpenTenantAsync(database, time, Some.Reseller("alder", "Alder Telecom"), "Ash Ltd", "Beech Ltd", "In Credit Ltd");
            await new TenantDirectory(database).OpenAsync(Some.Reseller("birch", "Birch Voice"));
        }, new HostWork(folder, false, new UploadLimits()) { ReachesPrivateAddresses = true }, clock);
        sender = installation.Services.GetRequiredService<WebhookSender>();
    }

    public async Task DisposeAsync()
    {
        await installation.DisposeAsync();
        await receiver.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("needs", "node")]
    public async Task An_event_is_verified_by_the_library_of_the_specification()
    {
        var secret = await AddAsync();
        await PingAsync();
        (await sender.DueAsync()).ShouldBe([alder.Id]);
        (await sender.SendDueAsync(alder.Id)).ShouldBe(1);

        var told = receiver.Events.Single();
        told.Id.ShouldBe($"evt_{alder.Id.Value}_1");
        (await NodeTool.RunAsync("verify.mjs", secret, told.Id, told.Timestamp, told.Signature, told.Body)).ShouldBe(["ping"]);
        (await NodeTool.RunAsync("verify.mjs", secret, told.Id, told.Timestamp, told.Signature, told.Body + " ")).ShouldBe(["No matching signature found"]);
        (await sender.DueAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_month_is_told_step_by_step_and_what_is_undone_is_not_told()
    {
        await AddAsync();
        await using (var undone = await installation.Database.BeginAsync(alder.Id))
            await WebhookBook.RaiseAsync(undone, EventKind.RunCompleted, clock.GetUtcNow(), new { Run = 99 });
        (await new CdrImport(installation.Database, Some.Formats(), clock).ImportAsync(alder, "october_cdr.csv", Encoding.UTF8.GetBytes(Some.Calls), null)).ValueOrThrow();
        await Some.BillAsync(installation.Database, clock, alder);
        while (await sender.SendDueAsync(alder.Id) > 0) { }

        var events = receiver.Events.Select(e => JsonNode.Parse(e.Body)!).ToList();
        events.Select(e => (string)e["type"]!).ShouldBe(["cdr-file.imported", "billing-run.requested", "invoice.posted", "invoice.posted", "billing-run.completed"]);
        ((long)events[0]["data"]!["lines"]!).ShouldBe(8);
        ((string)events[2]["data"]!["number"]!).ShouldBe("INV-000001");
        ((string)events[2]["data"]!["gross"]!).ShouldBe("14.46", "amounts are texts here too");
        ((int)events[4]["data"]!["parkedAccounts"]!).ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_delivery_is_tried_again_when_its_time_has_come_and_can_be_sent_once_more()
    {
        await AddAsync();
        await PingAsync();
        receiver.Answer = HttpStatusCode.InternalServerError;
        (await sender.SendDueAsync(alder.Id)).ShouldBe(1);
        (await DeliveryAsync()).ShouldSatisfyAllConditions(d => d.Attempts.ShouldBe(1), d => d.Status.ShouldBe(500), d => d.IsDone.ShouldBeFalse(), d => d.NextAt.ShouldNotBeNull());

        (await sender.SendDueAsync(alder.Id)).ShouldBe(0, "not yet");
        clock.Move(TimeSpan.FromSeconds(6));
        receiver.Answer = HttpStatusCode.OK;
        (await sender.SendDueAsync(alder.Id)).ShouldBe(1);
        (await DeliveryAsync()).ShouldSatisfyAllConditions(d => d.Attempts.ShouldBe(2), d => d.IsDone.ShouldBeTrue(), d => d.NextAt.ShouldBeNull());

        await using (var db = await installation.Database.BeginAsync(alder.Id))
        {
            (await WebhookBook.ReplayAsync(db, 1, clock.GetUtcNow())).ShouldBeTrue();
            (await WebhookBook.ReplayAsync(db, 2, clock.GetUtcNow())).ShouldBeFalse();
            await db.CommitAsync();
        }
        await sender.SendDueAsync(alder.Id);
        receiver.Events.Count.ShouldBe(3);
        receiver.Events.Select(e => e.Id).Distinct().Count().ShouldBe(1, "a receiver knows a repetition by the id");
    }

    [Fact]
    public async Task A_delivery_that_nobody_takes_is_given_up_after_three_days()
    {
        await AddAsync();
        await PingAsync();
        receiver.Answer = HttpStatusCode.NotFound;
        for (var day = 0; day < 4; day++)
            for (var hour = 0; hour < 24; hour++)
            {
                await sender.SendDueAsync(alder.Id);
                clock.Move(TimeSpan.FromHours(1));
            }
        (await DeliveryAsync()).ShouldSatisfyAllConditions(d => d.NextAt.ShouldBeNull(), d => d.IsDone.ShouldBeFalse(), d => d.Attempts.ShouldBe(10));
    }

    [Fact]
    public async Task A_new_secret_signs_beside_the_old_one_for_a_day()
    {
        var old = await AddAsync();
        string fresh;
        await using (var db = await installation.Database.BeginAsync(alder.Id))
        {
            fresh = (await WebhookBook.RotateAsync(db, 1, clock.GetUtcNow())).ShouldNotBeNull();
            await db.CommitAsync();
        }
        await PingAsync();
        await sender.SendDueAsync(alder.Id);
        var told = receiver.Events.Single();
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(told.Timestamp, System.Globalization.CultureInfo.InvariantCulture));
        told.Signature.Split(' ').ShouldBe([WebhookSignature.Of(fresh, told.Id, at, told.Body), WebhookSignature.Of(old, told.Id, at, told.Body)]);

        clock.Move(TimeSpan.FromHours(25));
        await PingAsync();
        await sender.SendDueAsync(alder.Id);
        receiver.Events[^1].Signature.Split(' ').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_paused_webhook_is_told_nothing_and_what_waits_goes_on_when_it_does()
    {
        await AddAsync();
        await PingAsync();
        await SetActiveAsync(false);
        await using (var db = await installation.Database.BeginAsync(alder.Id))
        {
            await WebhookBook.RaiseAsync(db, EventKind.RunCompleted, clock.GetUtcNow(), new { Run = 1 });
            await db.CommitAsync();
        }
        (await sender.SendDueAsync(alder.Id)).ShouldBe(0);
        await SetActiveAsync(true);
        (await sender.SendDueAsync(alder.Id)).ShouldBe(1);
        receiver.Events.Single().Body.ShouldContain("ping");
    }

    [Fact]
    public async Task Events_do_not_go_to_private_networks()
    {
        await AddAsync();
        await PingAsync();
        using var careful = new WebhookSender(installation.Database, clock, new WebhookSettings(false));
        (await careful.SendDueAsync(alder.Id)).ShouldBe(1);
        receiver.Events.ShouldBeEmpty();
        (await DeliveryAsync()).Fault.ShouldBe("127.0.0.1 leads to a private network, where events are not sent.");

        await using var db = await installation.Database.BeginAsync(alder.Id);
        foreach (var url in new[] { "http://127.0.0.1/", "https://localhost/", "https://10.1.2.3/x", "https://[::1]/", "https://[fd00::1]/", "https://169.254.169.254/latest", "https://0x7f000001/" })
            (await AddAsync(db, url, new WebhookSettings(false))).ShouldBe("api.private-address", url);
        foreach (var url in new[] { "http://example.com/", "ftp://example.com/", "https://user:secret@example.com/", "example.com", "javascript:alert(1)", "" })
            (await AddAsync(db, url, new WebhookSettings(false))).ShouldBe("api.bad-webhook-url", url);
        (await AddAsync(db, "https://example.com/", new WebhookSettings(false))).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_hears_of_what_they_may_not_see()
    {
        var api = await ApiClient.OfAsync(installation, "alder", Permission.ManageWebhooks, Permission.ViewUsage);
        (await api.RefusalAsync(HttpMethod.Post, "/webhooks", new { url = "https://example.com/", events = new[] { "invoice.posted" } })).ShouldBe((403, "api.event-not-held"));
        (await api.RefusalAsync(HttpMethod.Post, "/webhooks", new { url = "https://example.com/", events = new[] { "everything" } })).ShouldBe((422, "api.bad-event"));
        await api.PostAsync("/webhooks", new { url = "https://example.com/", events = new[] { "cdr-file.imported" } }, HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_secret_is_shown_once_and_another_tenant_sees_nothing()
    {
        var secret = await AddAsync();
        await PingAsync();
        await sender.SendDueAsync(alder.Id);
        var (own, other) = (await ApiClient.OfAsync(installation, "alder"), await ApiClient.OfAsync(installation, "birch"));

        foreach (var page in new[] { "/webhooks", "/webhooks/1", "/audit" })
            (await installation.TextAsync("/t/alder" + page)).ShouldNotContain(secret[6..]);
        foreach (var path in new[] { "/webhooks", "/webhooks/1", "/webhook-deliveries" })
            (await own.GetAsync(path)).ToJsonString().ShouldNotContain(secret[6..]);

        (await installation.TextAsync("/t/birch/webhooks")).ShouldNotContain("127.0.0.1");
        using var page404 = await installation.GetAsync("/t/birch/webhooks/1");
        page404.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync("/webhooks")).AsArray().ShouldBeEmpty();
        (await other.GetAsync("/webhook-deliveries"))["items"]!.AsArray().ShouldBeEmpty();
        (await other.RefusalAsync(HttpMethod.Post, "/webhooks/1/ping")).ShouldBe((404, "api.not-found"));
        (await other.RefusalAsync(HttpMethod.Post, "/webhook-deliveries/1/replay")).ShouldBe((404, "api.not-found"));
        (await other.RefusalAsync(HttpMethod.Delete, "/webhooks/1")).ShouldBe((404, "api.not-found"));
    }

    private async Task<string> AddAsync()
    {
        await using var db = await installation.Database.BeginAsync(alder.Id);
        var (_, secret) = (await WebhookBook.AddAsync(db, receiver.Address.ToString(), EventKind.All, Permission.All.ToHashSet(), Anywhere)).ValueOrThrow();
        await db.CommitAsync();
        return secret;
    }

    private static async Task<string?> AddAsync(TenantDb db, string url, WebhookSettings settings) =>
        (await WebhookBook.AddAsync(db, url, EventKind.All, Permission.All.ToHashSet(), settings)).TryGet(out _, out var failure) ? null : failure.Code;

    private async Task PingAsync()
    {
        await using var db = await installation.Database.BeginAsync(alder.Id);
        (await WebhookBook.PingAsync(db, 1, clock.GetUtcNow())).ShouldBeTrue();
        await db.CommitAsync();
    }

    private async Task SetActiveAsync(bool isActive)
    {
        await using var db = await installation.Database.BeginAsync(alder.Id);
        (await WebhookBook.SetActiveAsync(db, 1, isActive)).ShouldBeTrue();
        await db.CommitAsync();
    }

    private async Task<WebhookDelivery> DeliveryAsync()
    {
        await using var db = await installation.Database.BeginAsync(alder.Id);
        return (await WebhookBook.DeliveriesAsync(db, 1, null, null, 10)).Single();
    }

    private sealed class MovedClock : TimeProvider
    {
        private TimeSpan moved;

        public void Move(TimeSpan by) => moved += by;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + moved;
    }
}
