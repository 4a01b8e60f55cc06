using Billing.Api.Webhooks;
using Billing.Host.Jobs;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests.Api;

/// <summary>What is over goes, tenant by tenant and a few rows at a time; what the audit trail and the lists need stays.</summary>
[Trait("needs", "postgres")]
public sealed class CleanUpTests : IAsyncLifetime
{
    private readonly MovedClock clock = new();
    private Installation installation = null!;
    private Tenant alder = null!, birch = null!;

    public async Task InitializeAsync() => installation = await Installation.StartAsync(async (database, _) =>
    {
        alder = await new TenantDirectory(database).OpenAsync(Some.Reseller("alder", "Alder Telecom"));
        birch = await new TenantDirectory(database).OpenAsync(Some.Reseller("birch", "Birch Voice"));
    }, new HostWork("none", false, new UploadLimits()), clock);

    public async Task DisposeAsync() => await installation.DisposeAsync();

    [Fact]
    public async Task Deliveries_that_are_over_go_after_ninety_days_and_their_events_with_them()
    {
        foreach (var tenant in (Tenant[])[alder, birch])
            await DoAsync(tenant.Id, async db =>
            {
                var (webhook, _) = (await WebhookBook.AddAsync(db, "https://example.com/events", EventKind.All, Permission.All.ToHashSet(), new WebhookSettings(false))).ValueOrThrow();
                for (var i = 0; i < 5; i++) await WebhookBook.PingAsync(db, webhook.Id, clock.GetUtcNow());
                // Three are done, one was given up, one is still to be sent.
                await db.ExecuteAsync($"update api.delivery set next_at = null, is_done = delivery_id <= (select min(delivery_id) + 2 from api.delivery), tried_at = {clock.GetUtcNow().UtcDateTime} where delivery_id < (select max(delivery_id) from api.delivery)");
            });
        clock.Move(TimeSpan.FromDays(89));
        (await Deliveries.RemoveAsync()).ShouldBe((0, 0));
        // Somebody sends one again: it counts from then.
        await DoAsync(alder.Id, db => db.ExecuteAsync($"update api.delivery set tried_at = {clock.GetUtcNow().UtcDateTime} where delivery_id = (select min(delivery_id) from api.delivery)"));
        clock.Move(TimeSpan.FromDays(2));
        (await CountAsync(alder.Id)).ShouldBe((5, 5));

        (await Deliveries.RemoveAsync(batch: 1)).ShouldBe((3 + 4, 3 + 4));

        (await CountAsync(alder.Id)).ShouldBe((2, 2), "the one that was sent again, and the one that waits");
        (await CountAsync(birch.Id)).ShouldBe((1, 1));
        (await Deliveries.RemoveAsync()).ShouldBe((0, 0), "twice is once");
        (await ScalarAsync(alder.Id, $"select count(*) from tenancy.audit where subject = 'api.webhook'")).ShouldBe(1);
    }

    [Fact]
    public async Task Sign_ins_and_links_that_are_over_go_and_the_last_sign_in_of_everybody_stays_known()
    {
        long id = 0;
        DateTimeOffset last = default;
        string open = "", link = "";
        await DoAsync(alder.Id, async db =>
        {
            var now = clock.GetUtcNow();
            var bea = (await People.AddAsync(db, PersonKind.Staff, "bea@example.com", "Bea Clerk", Role.BillingClerk, null, now)).ValueOrThrow();
            id = bea.Value;
            for (var i = 0; i < 3; i++) await Sessions.BeginAsync(db, bea, true, "127.0.0.1", "old", now.AddDays(-9 + i));
            await Sessions.EndAllAsync(db, bea, null, "signed out", now.AddDays(-6));
            await Sessions.BeginAsync(db, bea, false, "127.0.0.1", "half", now.AddDays(-1));
            last = now.AddDays(-7);
            await OneTimeLinks.MakeAsync(db, bea, LinkPurpose.Invitation, now.AddDays(-9));
            await OneTimeLinks.MakeAsync(db, bea, LinkPurpose.Reset, now.AddDays(-2));
            var cal = (await People.AddAsync(db, PersonKind.Staff, "cal@example.com", "Cal Clerk", Role.BillingClerk, null, now)).ValueOrThrow();
            open = await Sessions.BeginAsync(db, cal, true, "127.0.0.1", "new", now);
            link = await OneTimeLinks.MakeAsync(db, cal, LinkPurpose.Invitation, now);
            db.Note(new Billing.Tenancy.Audit.Deed("people.signed-in", "person", new { person_id = bea.Value }));
        });
        var before = await ScalarAsync(alder.Id, $"select count(*) from tenancy.audit");

        var signIns = installation.Services.GetRequiredService<PastSignIns>();
        (await signIns.RemoveAsync(batch: 1)).ShouldBe((3, 2), "two that were ended and the half one; Bea's last one stays");
        (await signIns.RemoveAsync()).ShouldBe((0, 0), "twice is once");

        (await ScalarAsync(alder.Id, $"select count(*) from tenancy.audit")).ShouldBe(before);
        await DoAsync(alder.Id, async db =>
        {
            (await People.FindAsync(db, new PersonId(id)))!.SignedInAt!.Value.ShouldBe(last, TimeSpan.FromSeconds(1));
            (await Sessions.FindAsync(db, open, clock.GetUtcNow())).ShouldNotBeNull();
            (await OneTimeLinks.FindAsync(db, link, clock.GetUtcNow())).ShouldNotBeNull();
        });

        // Two hours without a request later even the open one is over, and a day later the link; each was the person's last.
        clock.Move(TimeSpan.FromDays(2));
        (await signIns.RemoveAsync()).ShouldBe((0, 1));
    }

    [Fact]
    public async Task It_is_done_every_hour()
    {
        installation.Services.GetServices<RepeatedWork>().ShouldContain(work => work.Name == "clean-up" && work.Every == TimeSpan.FromHours(1));
        await DoAsync(birch.Id, async db => await OneTimeLinks.MakeAsync(db, (await People.AddAsync(db, PersonKind.Staff, "bea@example.com", "Bea Clerk", Role.BillingClerk, null, clock.GetUtcNow())).ValueOrThrow(), LinkPurpose.Reset, clock.GetUtcNow()));
        clock.Move(TimeSpan.FromHours(2));
        await ActivatorUtilities.CreateInstance<CleanUpJob>(installation.Services).Execute(null!, CancellationToken.None);
        (await ScalarAsync(birch.Id, $"select count(*) from tenancy.one_time_link")).ShouldBe(0);
    }

    private OldDeliveries Deliveries => installation.Services.GetRequiredService<OldDeliveries>();

    private async Task DoAsync(TenantId tenant, Func<TenantDb, Task> work)
    {
        await using var db = await installation.Database.BeginAsync(tenant);
        await work(db);
        await db.CommitAsync();
    }

    private async Task<long> ScalarAsync(TenantId tenant, Sql sql)
    {
        await using var db = await installation.Database.BeginAsync(tenant);
        return await db.ScalarAsync<long>(sql);
    }

    private async Task<(long, long)> CountAsync(TenantId tenant) => (await ScalarAsync(tenant, $"select count(*) from api.delivery"), await ScalarAsync(tenant, $"select count(*) from api.event"));

    private sealed class MovedClock : TimeProvider
    {
        private TimeSpan moved;

        public void Move(TimeSpan by) => moved += by;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + moved;
    }
}
