using System.Globalization;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Api;
using Billing.Abstractions.Values;
using Billing.Api.Answers;
using Billing.Api.Webhooks;
using Billing.Catalog.Allowances;
using Billing.Customers.Accounts;
using Billing.Customers.Allowances;
using Billing.Customers.Services;
using Billing.Host.Jobs;
using Billing.Invoicing.BillingRuns;
using Billing.Rating.Allowances;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage.Arrivals;
using Billing.Usage.Guards;
using Billing.Usage.Import;
using Billing.Usage.Mapping;
using Billing.Usage.Matching;
using Billing.Usage.Uploads;
using Billing.Usage.WhatIf;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests.Api;

/// <summary>Every example of the API's reference, executed on a reseller of its own: first what reads, then what writes, in the order of the routes.</summary>
[Trait("needs", "postgres")]
public sealed class ExampleTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("billing-examples-").FullName;
    private Installation installation = null!;
    private ApiClient api = null!;

    public async Task InitializeAsync()
    {
        installation = await Installation.StartAsync(FillAsync, new HostWork(folder, false, new UploadLimits()));
        api = await ApiClient.OfAsync(installation, "alder");
    }

    public async Task DisposeAsync()
    {
        await installation.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_example_works_and_a_write_sent_again_gets_the_same_answer()
    {
        installation.Services.GetRequiredService<ApiRoutes>().Open();
        var operations = installation.Services.GetRequiredService<ApiRoutes>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ApiExample>() is not null)
            .Select(e => (Method: new HttpMethod(e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]), Example: e.Metadata.GetMetadata<ApiExample>()!, Name: e.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName)).ToList();
        operations.Count.ShouldBeGreaterThan(30);

        var (failures, done) = (new List<string>(), 0);
        foreach (var (method, example, name) in operations.OrderBy(o => o.Method == HttpMethod.Get ? 0 : 1))
        {
            // All of them at once are more than one key may ask.
            if (++done % 40 == 0) api = await ApiClient.OfAsync(installation, "alder");
            var body = name == "requestBills" ? await ReadyAsync() : example.Body;
            var path = name == "undoExclusion" ? example.Path.Replace("{key}", (string)(await api.GetAsync("/exclusions"))[0]!["key"]!, StringComparison.Ordinal) : example.Path;
            var key = Guid.NewGuid().ToString();
            var version = example.IfMatch is { } number ? string.Create(CultureInfo.InvariantCulture, $"\"{number}\"") : null;
            using var response = await api.SendAsync(method, path, body, key, version);
            var answer = await response.Content.ReadAsByteArrayAsync();
            if (!response.IsSuccessStatusCode) failures.Add($"{method} {path}: {(int)response.StatusCode} {Encoding.UTF8.GetString(answer)}");
            if (method == HttpMethod.Get || !response.IsSuccessStatusCode) continue;

            using var again = await api.SendAsync(method, path, body, key, version);
            again.StatusCode.ShouldBe(response.StatusCode, path);
            (await again.Content.ReadAsByteArrayAsync()).ShouldBe(answer, path);
            again.Headers.Contains("Idempotency-Replayed").ShouldBeTrue(path);
            (await api.RefusalAsync(method, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "another=1", body, key, version)).ShouldBe((422, "api.idempotency-key-reused"), path);
        }
        failures.ShouldBeEmpty();
    }

    // A billed month, a file to compare it with, and one of recurring charges with a decision about it; a described carrier; two uploads that nobody knew the format of; a job that waits; a webhook with a delivery.
    private async Task FillAsync(Database database, TimeProvider clock)
    {
        var tenant = await Some.BilledTenantAsync(database, clock, Some.Reseller("alder", "Alder Telecom"), "First", "Second", "In Credit Ltd");
        var uploads = new CdrUploads(database, Some.Formats(), new UploadFolder(folder), new UploadLimits(), clock);
        foreach (var text in (string[])["a;b;c\n", "d;e;f\n"])
        {
            using var content = new MemoryStream(Encoding.ASCII.GetBytes(text));
            (await uploads.ReceiveAsync(tenant.Id, Actor.System, Guid.NewGuid(), "odd.txt", content, null)).State.ShouldBe(UploadState.Failed);
        }
        var comparing = new FileStatement(CdrFileKind.Reconciliation, null);
        (await new CdrImport(database, Some.Formats(), clock) { Stated = comparing }.ImportAsync(tenant, "compare.csv", Encoding.UTF8.GetBytes(Some.Calls + "\n"), null)).ValueOrThrow();
        await Some.ChargesAsync(database, clock, tenant);
        const string NoRate = "caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n441632960001,99912345678,10/10/2026,12:03:00,180,0.500,R9,GBP\n";
        (await new CdrImport(database, Some.Formats(), clock).ImportAsync(tenant, "no_rate.csv", Encoding.UTF8.GetBytes(NoRate), null)).ValueOrThrow();
        await using var db = await database.BeginAsync(tenant.Id);
        (await DescribedCarriers.SaveAsync(db, Some.Formats(), null, 0, ReadyMappings.All["colt-at"].Replace("\"colt-at\"", "\"acme\"", StringComparison.Ordinal))).ValueOrThrow();
        foreach (var label in (string[])["Calls", "More calls"])
            (await ArrivalBook.SaveAsync(db, 0, 0, new ArrivalTerms("Acme", label, ArrivalEvery.Daily, 60, new(2026, 10, 15), null, null))).ValueOrThrow();
        (await GuardBook.SaveAsync(db, new VolumeGuard("Acme", 5, 50, null, null))).ValueOrThrow();
        (await WebhookBook.AddAsync(db, "https://example.com/events", EventKind.All, Permission.All.ToHashSet(), new WebhookSettings(false))).ValueOrThrow();
        (await WebhookBook.PingAsync(db, 1, clock.GetUtcNow())).ShouldBeTrue();
        var minutes = (await AllowanceBook.AddAsync(db, "UK100", new Allowance("100 UK minutes", [new AllowanceLimit(AllowanceMeasure.Seconds, 6000)], Coverage.All, AllowancePool.Account, CrossingPolicy.Split, false, false, null, PartPeriod.Full))).ValueOrThrow();
        var account = (await AccountBook.FindAsync(db, "A001"))!.Account.Id;
        (await SiteBook.AddAsync(db, account, new Site("Barn", ["1 Barn Lane"], false))).ValueOrThrow();
        (await ChargeBook.AddAsync(db, ChargeBook.Of(account, null, (await ChargeBook.SoldAsync(db))[0], null, null, null, null, new DateInterval(new(2026, 11, 1), null)))).ValueOrThrow();
        (await GivenAllowanceBook.GiveAsync(db, new GivenAllowance(account, null, minutes, 1, 1, new DateInterval(new(2026, 10, 1), null)))).ValueOrThrow();
        (await SpendCapBook.SetAsync(db, new AccountSpendCap(account, null, "Limit", 50m, Coverage.All, 1, new DateInterval(new(2026, 10, 1), null)))).ValueOrThrow();
        var noRate = (await ErrorDesk.LoadAsync(db)).Single(group => Remedies.Fits(Remedy.Rate, group));
        (await Remedies.ApplyAsync(db, tenant, [noRate], new Remedy(Remedy.Rate) { TariffId = (await TariffBook.LoadAsync(db)).First(one => one.IsDefault).Id, Destination = "Nowhere", PerMinute = 0.1m }, clock.GetUtcNow())).ValueOrThrow();
        await TariffShelf.PublishAsync(db, "GOLD", """{ "formatVersion": 1, "name": "Gold", "basedOn": "default" }""", clock.GetUtcNow());
        var priced = (await TariffBook.LoadAsync(db)).Single(one => one.Code == "GOLD");
        foreach (var sheet in (string[])["prefix,destination,per_minute\n34,Spain,0.20\n", "prefix,destination,per_minute\n39,Italy,0.20\n"])
            (await TariffDrafts.KeepAsync(db, priced, (await TariffProposal.ReadAsync(db, priced, Encoding.UTF8.GetBytes(sheet), RateSheetMode.Add)).Proposal!, clock.GetUtcNow())).ValueOrThrow();
        var today = tenant.DayOf(clock.GetUtcNow());
        (await ExclusionRules.MakeAsync(db, new ErrorCause("usage.unassigned", "+441632960998"), "A test line.", today.AddDays(30), today, clock.GetUtcNow())).ValueOrThrow();
        await JobBook.RequestAsync(db, RunJobs.DraftKind, "run/1", new { }, clock.GetUtcNow(), mayCancel: true);
        foreach (var name in (string[])["More", "Much more"])
            (await WhatIfBook.AskAsync(db, tenant, new WhatIfWish(name, new(2026, 10, 1), 1, [new DraftWish("default", Percent: 10)], []), clock.GetUtcNow())).ValueOrThrow();
        await db.CommitAsync();

        // A third upload, held by a guard.
        using var another = new MemoryStream(Encoding.UTF8.GetBytes(Some.Calls + "\n\n"));
        var held = await uploads.ReceiveAsync(tenant.Id, Actor.System, Guid.NewGuid(), "held.csv", another, null);
        await using var guarding = await database.BeginAsync(tenant.Id);
        await guarding.ExecuteAsync($"update usage.upload set state = 'held', failure_code = 'usage.guard', failure_message = 'Not like the others.' where upload_id = {held.Id}");
        await guarding.CommitAsync();
    }

    // What a program does before it requests bills: drafts, checks, and names the draft it has read.
    private async Task<object> ReadyAsync()
    {
        var runner = installation.Services.GetRequiredService<JobRunner>();
        foreach (var (tenant, job) in await JobBook.LiveAsync(installation.Database)) await runner.RunAsync(tenant, job, CancellationToken.None);
        foreach (var gate in RunGate.Known)
        {
            using var confirmed = await api.SendAsync(HttpMethod.Post, "/billing-runs/2/confirmations", new { gate, ignorePending = true });
            confirmed.IsSuccessStatusCode.ShouldBeTrue(await confirmed.Content.ReadAsStringAsync());
        }
        return new { draft = (string)(await api.GetAsync("/billing-runs/2"))["draftHash"]! };
    }
}
