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
