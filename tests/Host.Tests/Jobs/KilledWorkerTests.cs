using System.Diagnostics;
using System.Globalization;
using System.Text;
using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Delivery.Rendering;
using Billing.Delivery.Templates;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Invoices;
using Billing.Invoicing.Verification;
using Billing.Plugins.UkPrerated;
using Billing.Rating.RateCards;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.RatedCalls;
using Billing.Usage.Uploads;

namespace Billing.Host.Tests.Jobs;

/// <summary>Workers as processes of their own, killed with SIGKILL in the middle of a job; another one ends it as if nothing had happened.</summary>
[Trait("needs", "postgres")]
[Trait("needs", "chromium")]
public sealed class KilledWorkerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly Actor Ann = new(ActorKind.Staff, 1, "Ann");

    private readonly string folder = Directory.CreateTempSubdirectory("billing-worker-").FullName;
    private Works works = null!;
    private Tenant tenant = null!;

    public async Task InitializeAsync()
    {
        works = await Works.OpenAsync();
        tenant = await new TenantDirectory(works.Database).GetAsync(works.Tenant);
    }

    public async Task DisposeAsync()
    {
        await works.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_import_whose_worker_is_killed_is_taken_up_and_every_line_is_there_once()
    {
        const int Lines = 60_000;
        var text = new StringBuilder("caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n");
        for (var i = 0; i < Lines; i++)
            text.Append(CultureInfo.InvariantCulture, $"441632960001,442079460000,05/10/2026,10:{i / 60 % 60:00}:{i % 60:00},{i % 600},0.010,R{i},GBP\n");
        var formats = new CdrFormatCatalog();
        formats.Add(new UkPreratedCdrFormat());
        var uploads = new CdrUploads(works.Database, formats, new UploadFolder(folder), new UploadLimits(), TimeProvider.System);
        var upload = await uploads.ReceiveAsync(tenant.Id, Ann, Guid.NewGuid(), "big.csv", new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), null);
        upload.State.ShouldBe(UploadState.Waiting);

        var job = await KillOnceAndFinishAsync(CdrUploads.JobKind);

        (job.State, job.Attempt, job.RequestedBy).ShouldBe((JobState.Done, 2, Ann));
        await using var db = await works.Database.BeginAsync(tenant.Id);
        (await UploadList.FindAsync(db, upload.Id))!.State.ShouldBe(UploadState.Done);
        var balance = (await UsageBalance.LoadAsync(db, null)).ShouldHaveSingleItem();
        (balance.Lines, balance.IsBalanced, balance.Duplicate).ShouldBe((Lines + 1, true, 0));
        Directory.EnumerateFiles(folder, "*.cdr", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    /// <summary>A hundred thousand lines, or as many as BILLING_CALLS says: they get a partition of their own. Killed when the first are read, when half are, and when hardly one is left.</summary>
    [Fact]
    public async Task A_big_file_whose_workers_are_killed_comes_in_whole_while_another_tenant_works()
    {
        var lines = int.Parse(Environment.GetEnvironmentVariable("BILLING_CALLS") ?? "100000", CultureInfo.InvariantCulture);
        var calm = await OpenAsync("calm");
        var busy = await OpenAsync("busy");
        foreach (var one in (Tenant[])[tenant, calm, busy]) await SellAsync(one);
        var text = new StringBuilder("caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n", lines * 80);
        // Every hundredth number is nobody's, every thousandth record came before.
        for (var i = 0; i < lines; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i % 100 == 7 ? Nobody : Somebody)},442079460000,{1 + i / 86_400 % 28:00}/10/2026,{i / 3600 % 24:00}:{i / 60 % 60:00}:{i % 60:00},{i % 600},0.010,R{(i % 1000 == 999 ? i - 1 : i)},GBP\n");
        var content = Encoding.UTF8.GetBytes(text.ToString());
        ((long)content.Length).ShouldBeGreaterThan(CdrImport.BigFrom);
        (await new CdrImport(works.Database, Formats(), TimeProvider.System).ImportAsync(calm, "big.csv", content, null)).ValueOrThrow();
        var upload = await new CdrUploads(works.Database, Formats(), new UploadFolder(folder), new UploadLimits(), TimeProvider.System)
            .ReceiveAsync(tenant.Id, Ann, Guid.NewGuid(), "big.csv", new MemoryStream(content), null);

        using var ended = new CancellationTokenSource();
        var (files, seen) = (0, new List<(int Attempt, long Done, int Files)>());
        var working = Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                var small = string.Create(CultureInfo.InvariantCulture, $"caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n{Somebody},442079460000,05/10/2026,10:00:00,60,0.010,S{files},GBP\n");
                (await new CdrImport(works.Database, Formats(), TimeProvider.System).ImportAsync(busy, $"{files}.csv", Encoding.UTF8.GetBytes(small), null)).ValueOrThrow().Calls.ShouldBe(new Dictionary<string, long> { ["open"] = 1 });
                await using var db = await works.Database.BeginAsync(busy.Id);
                (await db.ScalarAsync<long>($"select count(*) from usage.call")).ShouldBe(++files, "it sees its own calls and nobody else's");
            }
        });
        using var patience = new CancellationTokenSource(Patience * 2);
        foreach (var (attempt, done) in ((int, long)[])[(1, 1), (2, lines / 2), (3, lines * 9L / 10)])
        {
            using var worker = Start();
            var job = await UntilAsync(CdrUploads.JobKind, job => !job.IsLive || (job.State == JobState.Running && job.Attempt == attempt && job.Done >= done), worker, patience.Token);
            seen.Add((job.Attempt, job.Done, files));
            worker.Kill();
            await worker.WaitForExitAsync(patience.Token);
        }
        using (var last = Start())
        {
            var job = await UntilAsync(CdrUploads.JobKind, job => !job.IsLive, last, patience.Token);
            seen.Add((job.Attempt, job.Done, files));
            last.Kill();
            await last.WaitForExitAsync(patience.Token);
            job.State.ShouldBe(JobState.Done);
        }
        await ended.CancelAsync();
        await working;

        // Both went on: it took more than one attempt, and the other tenant's files came in meanwhile.
        seen[^1].Attempt.ShouldBeGreaterThan(1);
        seen[^1].Files.ShouldBeGreaterThan(seen[0].Files);
        (await StateAsync(tenant)).ShouldBe(await StateAsync(calm));
        await using var db = await works.Database.BeginAsync(tenant.Id);
        (await UploadList.FindAsync(db, upload.Id))!.State.ShouldBe(UploadState.Done);
        (await db.ScalarAsync<long>($"select count(*) from usage.call_part")).ShouldBe(1);
        var balance = (await UsageBalance.LoadAsync(db, null)).ShouldHaveSingleItem();
        (balance.Lines, balance.IsBalanced, balance.Duplicate, balance.Error).ShouldBe((lines + 1, true, lines / 1000, lines / 100));
        (await BooksCheck.RunAsync(db)).ShouldBeEmpty();
        Directory.EnumerateFiles(folder, "*.cdr", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private const ulong Somebody = 441632960001;
    private const ulong Nobody = 441632960099;

    private static CdrFormatCatalog Formats()
    {
        var formats = new CdrFormatCatalog();
        formats.Add(new UkPreratedCdrFormat());
        return formats;
    }

    private Task<Tenant> OpenAsync(string slug) => new TenantDirectory(works.Database).OpenAsync(new NewTenant(slug, slug, slug, ["1 High Street"], "GB", null, null, "GBP", "Europe/London",
        new Brand(null, "#123456", "#654321", null, null, null, [], null)));

    private async Task SellAsync(Tenant seller)
    {
        await using var db = await works.Database.BeginAsync(seller.Id);
        await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, """
            { "formatVersion": 1, "name": "Penny a minute", "currency": "GBP", "timeZone": "Europe/London",
              "rounding": { "mode": "up", "unit": "0.001", "level": "call" }, "defaults": { "interval": { "first": 1, "next": 1 } },
              "rates": [ { "prefix": "44", "destination": "UK", "perMinute": "0.01" } ] }
            """, TimeProvider.System.GetUtcNow());
        var account = await AccountList.AddAsync(db, new NewAccount("A1", "Account", null, new DateOnly(2020, 1, 1)));
        var service = await ServiceList.AddAsync(db, account, "Line", null);
        E164Number.TryCreate(Somebody, out var number).ShouldBeTrue();
        await ServiceList.AssignNumbersAsync(db, service, number, number, new DateInterval(new DateOnly(2020, 1, 1), null));
        await db.CommitAsync();
    }

    private async Task<IReadOnlyList<string>> StateAsync(Tenant owner)
    {
        await using var db = await works.Database.BeginAsync(owner.Id);
        return await db.QueryAsync($"""
            select concat_ws(' ', state, count(*), sum(charge), sum(seconds), sum(hashtextextended(concat_ws('|', line, raw, record_key, started_at, destination, charge, error_code, duplicate_of_line), 0)::numeric))
            from usage.call group by state order by state
            """, row => row.Text(0));
    }

    [Fact]
    public async Task A_posting_whose_worker_is_killed_goes_on_and_every_account_has_one_invoice_and_one_PDF()
    {
        const int Accounts = 40;
        await using (var db = await works.Database.BeginAsync(tenant.Id))
        {
            var terms = new RecurringTerms(1, BillingTime.Arrears, ProrationBasis.Actual);
            var line = await ProductList.AddAsync(db, new Product("LINE", "Line rental", 12m, terms, "standard", "4100"));
            for (var i = 1; i <= Accounts; i++)
            {
                var account = await AccountList.AddAsync(db, new NewAccount(string.Create(CultureInfo.InvariantCulture, $"A{i:000}"), $"Account {i}", null, new DateOnly(2026, 1, 1)));
                await ChargeList.AddAsync(db, new Subscription(default, account, null, line, "Line rental", 1, 12m, terms, 1, new DateInterval(new DateOnly(2026, 10, 1), null)));
            }
            await db.CommitAsync();
        }
        var book = new BillingRunBook(works.Database, TimeProvider.System);
        var run = (await book.OpenAsync(tenant, new BillingRunFields(new(2026, 11, 1), new(2026, 10, 31), null, null))).ValueOrThrow();
        var draft = (await book.DraftAsync(tenant, run.Id)).ValueOrThrow();
        foreach (var gate in RunGate.All) await book.ConfirmAsync(tenant, run.Id, gate, "Ann");
        await using var printer = new PdfPrinter(new PdfPrinterSettings());
        var jobs = new RunJobs(works.Database, TimeProvider.System, () => TemplateSet.Read("never asked for here"), printer);
        (await jobs.RequestBillsAsync(tenant, Ann, run.Id, draft.Hash)).ValueOrThrow();

        var job = await KillOnceAndFinishAsync(RunJobs.PostKind);

        (job.State, job.Attempt).ShouldBe((JobState.Done, 2));
        await using var reading = await works.Database.BeginAsync(tenant.Id);
        (await InvoiceRegister.ListAsync(reading, run.Id)).Select(i => i.Sequence).Order().ShouldBe(Enumerable.Range(1, Accounts).Select(n => (long)n));
        (await BooksCheck.RunAsync(reading)).ShouldBeEmpty();
    }

    /// <summary>A worker begins the job and is killed when it has said how far it is; a second one ends it.</summary>
    private async Task<Job> KillOnceAndFinishAsync(string kind)
    {
        using var patience = new CancellationTokenSource(Patience);
        using (var first = Start())
        {
            await UntilAsync(kind, job => job.State == JobState.Running && job.Done > 0, first, patience.Token);
            first.Kill();
            await first.WaitForExitAsync(patience.Token);
        }
        using var second = Start();
        var ended = await UntilAsync(kind, job => !job.IsLive, second, patience.Token);
        second.Kill();
        await second.WaitForExitAsync(patience.Token);
        return ended;
    }

    // The database does the waiting, a tenth of a second a time.
    private async Task<Job> UntilAsync(string kind, Func<Job, bool> isSo, Process worker, CancellationToken cancellationToken)
    {
        while (true)
        {
            worker.HasExited.ShouldBeFalse("the worker ended by itself");
            await using var db = await works.Database.BeginAsync(tenant.Id, cancellationToken);
            await db.ExecuteAsync($"select pg_sleep(0.1)", cancellationToken);
            var job = (await JobBook.ListAsync(db, 10, cancellationToken)).Single(j => j.Kind == kind);
            if (isSo(job)) return job;
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { typeof(Home).Assembly.Location, "serve", "--roles", "worker", "--data", folder }) start.ArgumentList.Add(argument);
        start.Environment["BILLING_HOME"] = Home.Folder;
        start.Environment["ConnectionStrings__Billing"] = works.OwnerConnectionString;
        return Process.Start(start)!;
    }
}
