using System.IO.Compression;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Plugins.OpenSips;
using Billing.Plugins.UkPrerated;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage;
using Billing.Usage.Archives;
using Billing.Usage.Import;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Billing.Usage.Uploads;

namespace Billing.Invoicing.Tests;

/// <summary>Archives by the page, the API and the command line: each file in one is an upload and a file of its own (2.5).</summary>
[Trait("needs", "postgres")]
public sealed class ArchiveUploadTests : IAsyncLifetime
{
    private const ulong First = 441632960001;
    private const string Heading = "caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n";
    private const string Acc = "INVITE|a|b|call-1@sip|200|OK|1772445600|*postpaid|441632960001|442079460000||1:1\nBYE|a|b|call-1@sip|200|OK|1772445661|||||1:1\n";

    private static readonly Actor Ann = new(ActorKind.Staff, 1, "Ann");

    private readonly string folder = Directory.CreateTempSubdirectory("billing-archives-").FullName;
    private readonly CdrFormatCatalog formats = new();
    private Books books = null!;
    private CdrUploads uploads = null!;

    public async Task InitializeAsync()
    {
        books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        formats.Add(new UkPreratedCdrFormat());
        formats.Add(new OpenSipsAccFormat(CdrSettings.Default with { Numbers = NumberRules.Uk }));
        uploads = new CdrUploads(books.Database, formats, new UploadFolder(folder), new UploadLimits { MaxFileBytes = 100_000 }, books.Clock);
    }

    public async Task DisposeAsync()
    {
        await books.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_archive_of_several_carriers_is_several_files_in_the_register()
    {
        var opened = await SendAsync("october.zip", Zip(("day1.csv", Heading + books.Call(First, "2026-03-02 10:00:00", 60) + "\n"), ("switch/acc_1.log", Acc), ("readme.pdf", "%PDF-1.7 and so on")));
        (opened.State, opened.FileId).ShouldBe((UploadState.Opened, null));

        var entries = await EntriesAsync(opened);
        entries.Select(e => (e.Name, e.State, e.Format)).ShouldBe([
            ("october.zip/day1.csv", UploadState.Waiting, "uk-prerated-8col"), ("october.zip/switch/acc_1.log", UploadState.Waiting, "opensips-acc"), ("october.zip/readme.pdf", UploadState.Refused, null)]);
        Stored().Count.ShouldBe(2, "the archive itself is not kept, nor what can't be a CDR file");

        await WorkAsync();
        (await EntriesAsync(opened)).Select(e => e.State).ShouldBe([UploadState.Done, UploadState.Done, UploadState.Refused]);
        Stored().ShouldBeEmpty();
        await using var db = await books.BeginAsync();
        (await UsageBalance.LoadAsync(db, null)).Select(f => (f.Name, f.Open, f.IsBalanced)).ShouldBe([("october.zip/day1.csv", 1, true), ("october.zip/switch/acc_1.log", 2, true)]);
    }

    [Fact]
    public async Task An_archive_sent_twice_adds_nothing_and_says_so_of_each_file()
    {
        var bytes = Zip(("day1.csv", Heading + books.Call(First, "2026-03-02 10:00:00", 60) + "\n"));
        await SendAsync("october.zip", bytes);
        var again = await SendAsync("october.zip", bytes);
        (await EntriesAsync(again)).ShouldHaveSingleItem().Failure!.Code.ShouldBe("usage.file-pending");
        await WorkAsync();
        var third = await SendAsync("other-name.zip", bytes);
        (await EntriesAsync(third)).ShouldHaveSingleItem().Failure!.Code.ShouldBe("usage.file-known");
    }

    [Fact]
    public async Task A_refused_archive_is_listed_with_the_reason_and_leaves_no_bytes()
    {
        var upload = await SendAsync("evil.zip", Zip(("day1.csv", Heading + books.Call(First, "2026-03-02 10:00:00", 60) + "\n"), ("../../x.csv", "x")));
        (upload.State, upload.Failure!.Code).ShouldBe((UploadState.Refused, "archive.path"));
        (await EntriesAsync(upload)).ShouldBeEmpty();
        Stored().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_in_an_archive_that_is_too_big_is_refused_and_the_others_go_on()
    {
        var opened = await SendAsync("october.zip", Zip(("big.csv", Heading + string.Concat(Enumerable.Range(0, 9000).Select(i => $"{i * 7919 % 1_000_003},{i}\n"))), ("day1.csv", Heading + books.Call(First, "2026-03-02 10:00:00", 60) + "\n")));
        (await EntriesAsync(opened)).Select(e => e.Failure?.Code).ShouldBe(["usage.file-too-big", null]);
    }

    [Fact]
    public async Task The_command_line_opens_archives_too()
    {
        var path = Path.Combine(folder, "cli.zip");
        await File.WriteAllBytesAsync(path, Zip(("day1.csv", Heading + books.Call(First, "2026-03-02 10:00:00", 60) + "\n"), ("acc_1.log", Acc)));
        var import = new LocalImport(books.Database, formats, new UploadFolder(folder), new ArchiveLimits(), books.Clock);
        var results = new List<(string, long)>();
        await foreach (var (name, result) in import.ImportAsync(books.Tenant, path, null)) results.Add((name, result.ValueOrThrow().Calls["open"]));
        results.ShouldBe([("cli.zip/day1.csv", 1), ("cli.zip/acc_1.log", 2)]);
        Stored().ShouldBe([path]);
    }

    private Task<Upload> SendAsync(string name, byte[] bytes) => uploads.ReceiveAsync(books.Tenant.Id, Ann, Guid.NewGuid(), name, new MemoryStream(bytes), null);

    private async Task<IReadOnlyList<Upload>> EntriesAsync(Upload archive)
    {
        await using var db = await books.BeginAsync();
        return await UploadList.OfArchiveAsync(db, archive.Id);
    }

    private async Task WorkAsync()
    {
        var runner = new JobRunner(books.Database, new JobKinds(UsageModule.Jobs(uploads, new ErrorRepair(books.Database, books.Clock))), books.Clock);
        foreach (var (tenant, job) in await JobBook.LiveAsync(books.Database)) await runner.RunAsync(tenant, job, CancellationToken.None);
    }

    private List<string> Stored() => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)];

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in files)
            {
                using var content = zip.CreateEntry(name).Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        return stream.ToArray();
    }
}
