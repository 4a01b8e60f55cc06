using System.Text;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Plugins.UkPrerated;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage;
using Billing.Usage.Import;
using Billing.Usage.Matching;
using Billing.Usage.Uploads;

namespace Billing.Invoicing.Tests;

/// <summary>Uploaded files: registered before they are answered, imported by a job, refused with a reason, tried again or dropped.</summary>
[Trait("needs", "postgres")]
public sealed class UploadTests : IAsyncLifetime
{
    private const ulong First = 441632960001;
    private const string Heading = "caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n";

    private static readonly Actor Ann = new(ActorKind.Staff, 1, "Ann");

    private readonly string folder = Directory.CreateTempSubdirectory("billing-uploads-").FullName;
    private Books books = null!;
    private CdrUploads uploads = null!;
    private JobRunner runner = null!;

    public async Task InitializeAsync()
    {
        books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        var formats = new CdrFormatCatalog();
        formats.Add(new UkPreratedCdrFormat());
        uploads = new CdrUploads(books.Database, formats, new UploadFolder(folder), new UploadLimits { MaxFileBytes = 100_000 }, books.Clock);
        runner = new JobRunner(books.Database, new JobKinds(UsageModule.Jobs(uploads, new ErrorRepair(books.Database, books.Clock))), books.Clock);
    }

    public async Task DisposeAsync()
    {
        await books.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_file_waits_is_imported_by_its_job_and_its_bytes_are_removed()
    {
        var upload = await SendAsync("a.csv", Heading + books.Call(First, "2026-03-02 10:00:00", 60) + "\n");
        (upload.State, upload.Format, upload.Lines, upload.By).ShouldBe((UploadState.Waiting, "uk-prerated-8col", 2L, "Ann"));
        upload.Sureness.ShouldNotBeNull().ShouldBeGreaterThan(50);
        (await PendingAsync()).ToString().ShouldBe("1 waiting");
        Stored().Count.ShouldBe(1);

        await WorkAsync();
        (await FindAsync(upload.Id)).ShouldSatisfyAllConditions(u => u.State.ShouldBe(UploadState.Done), u => u.FileId.ShouldNotBeNull());
        (await PendingAsync()).Count.ShouldBe(0);
        Stored().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_bytes_are_refused_while_they_wait_and_when_they_are_in()
    {
        var text = Heading + books.Call(First, "2026-03-02 10:00:00", 60) + "\n";
        await SendAsync("a.csv", text);
        (await SendAsync("b.csv", text)).Failure!.Code.ShouldBe("usage.file-pending");
        await WorkAsync();
        (await SendAsync("c.csv", text)).ShouldSatisfyAllConditions(u => u.State.ShouldBe(UploadState.Refused), u => u.Failure!.Code.ShouldBe("usage.file-known"));
    }

    [Fact]
    public async Task Two_uploads_of_the_same_bytes_at_once_wait_once()
    {
        var text = Heading + books.Call(First, "2026-03-02 10:00:00", 60) + "\n";
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => SendAsync($"{n}.csv", text)));
        sent.Count(u => u.State == UploadState.Waiting).ShouldBe(1);
        sent.Count(u => u.Failure?.Code == "usage.file-pending").ShouldBe(3);
        await WorkAsync();
        Stored().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "usage.file-empty")]
    [InlineData("%PDF-1.7 and so on", "cdr.not-recognised")]
    public async Task What_can_not_be_a_CDR_file_is_refused_at_once_and_not_kept(string content, string code)
    {
        var upload = await SendAsync("x.csv", content);
        (upload.State, upload.Failure!.Code).ShouldBe((UploadState.Refused, code));
        Stored().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_too_big_is_refused_and_never_stored()
    {
        var upload = await SendAsync("big.csv", Heading + new string('x', 200_000));
        (upload.State, upload.Failure!.Code, upload.Hash, upload.Bytes).ShouldBe((UploadState.Refused, "usage.file-too-big", null, 200_000 + Heading.Length));
        Stored().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_no_format_knows_can_be_tried_with_one_or_dropped_with_a_reason()
    {
        var upload = await SendAsync("odd.txt", "some;other;file\n1;2;3\n");
        (upload.State, upload.Failure!.Code).ShouldBe((UploadState.Failed, "cdr.not-recognised"));
        (await uploads.DropAsync(books.Tenant.Id, Ann, upload.Id, " ")).TryGet(out _, out var noReason).ShouldBeFalse();
        noReason!.Code.ShouldBe("upload.no-reason");

        (await uploads.RetryAsync(books.Tenant.Id, Ann, upload.Id, null)).ValueOrThrow().State.ShouldBe(UploadState.Waiting);
        await WorkAsync();
        (await FindAsync(upload.Id)).Failure!.Code.ShouldBe("cdr.not-recognised", "nothing has changed");
        (await uploads.DropAsync(books.Tenant.Id, Ann, upload.Id, "Not ours")).ValueOrThrow().State.ShouldBe(UploadState.Dropped);
        Stored().ShouldBeEmpty();
        (await uploads.DropAsync(books.Tenant.Id, Ann, upload.Id, "Again")).TryGet(out _, out var again).ShouldBeFalse();
        again!.Code.ShouldBe("upload.not-failed");

        var named = await SendAsync("odd.txt", "441632960001;442079460000;02/03/2026\n");
        (await uploads.RetryAsync(books.Tenant.Id, Ann, named.Id, "uk-prerated-8col")).ValueOrThrow();
        await WorkAsync();
        (await FindAsync(named.Id)).State.ShouldBe(UploadState.Done, "its line is in error, and can be looked at there");
    }

    [Fact]
    public async Task A_job_that_was_killed_after_the_import_finds_the_file_in()
    {
        var line = books.Call(First, "2026-03-02 10:00:00", 60);
        var upload = await SendAsync("a.csv", Heading + line + "\n");
        (await books.ImportAsync("a.csv", line)).ValueOrThrow();
        await WorkAsync();
        (await FindAsync(upload.Id)).State.ShouldBe(UploadState.Done);
    }

    [Fact]
    public async Task Bytes_that_are_gone_or_changed_are_said()
    {
        var gone = await SendAsync("a.csv", Heading + books.Call(First, "2026-03-02 10:00:00", 60) + "\n");
        File.Delete(Stored().ShouldHaveSingleItem());
        await WorkAsync();
        (await FindAsync(gone.Id)).Failure!.Code.ShouldBe("upload.bytes-gone");

        var changed = await SendAsync("b.csv", Heading + books.Call(First, "2026-03-03 10:00:00", 60) + "\n");
        await File.AppendAllTextAsync(Stored().ShouldHaveSingleItem(), "one more\n");
        await WorkAsync();
        (await FindAsync(changed.Id)).Failure!.Code.ShouldBe("upload.bytes-changed");
    }

    private Task<Upload> SendAsync(string name, string content) =>
        uploads.ReceiveAsync(books.Tenant.Id, Ann, Guid.NewGuid(), name, new MemoryStream(Encoding.UTF8.GetBytes(content)), null);

    private async Task WorkAsync()
    {
        foreach (var (tenant, job) in await JobBook.LiveAsync(books.Database)) await runner.RunAsync(tenant, job, CancellationToken.None);
    }

    private async Task<Upload> FindAsync(long id)
    {
        await using var db = await books.BeginAsync();
        return (await UploadList.FindAsync(db, id))!;
    }

    private async Task<PendingFiles> PendingAsync()
    {
        await using var db = await books.BeginAsync();
        return await PendingFiles.LoadAsync(db);
    }

    private List<string> Stored() => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)];
}
