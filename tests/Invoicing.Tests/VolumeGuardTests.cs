using System.Globalization;
using System.Text;
using Billing.Abstractions.Values;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Plugins.UkPrerated;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage;
using Billing.Usage.Comparison;
using Billing.Usage.Guards;
using Billing.Usage.Import;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Billing.Usage.Uploads;

namespace Billing.Invoicing.Tests;

/// <summary>C10: a file that is not like the ones before is held before it is priced; CDR-4: carriers beside the month before.</summary>
[Trait("needs", "postgres")]
public sealed class VolumeGuardTests : IAsyncLifetime
{
    private const ulong First = 441632960001;
    private const string Heading = "caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n";

    private static readonly Actor Ann = new(ActorKind.Staff, 1, "Ann");

    private readonly string folder = Directory.CreateTempSubdirectory("billing-guards-").FullName;
    private readonly CdrFormatCatalog formats = new();
    private Books books = null!;
    private CdrUploads uploads = null!;
    private string carrier = "";
    private int references;

    public async Task InitializeAsync()
    {
        books = await Books.OpenAsync();
        await books.AccountAsync("A1", First);
        formats.Add(new UkPreratedCdrFormat());
        carrier = formats.Formats[0].Info.Carrier;
        uploads = new CdrUploads(books.Database, formats, new UploadFolder(folder), new UploadLimits(), books.Clock);
    }

    public async Task DisposeAsync()
    {
        await books.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task C10_A_file_that_is_off_is_held_until_somebody_releases_it_with_a_reason()
    {
        await GuardAsync(new VolumeGuard(carrier, 5, 50, null, null));
        for (var day = 2; day <= 5; day++) (await SendAsync(day, 10)).State.ShouldBe(UploadState.Done);

        var big = await SendAsync(6, 16);
        (big.State, big.Failure!.Code, big.FileId).ShouldBe((UploadState.Held, "usage.guard", null));
        big.Failure.Message.ShouldContain("lines 16 instead of 10 (+60 %, 50 % allowed)");
        (await FilesAsync()).ShouldBe(4, "nothing of it is stored");
        await books.ShouldAddUpAsync();
        await using (var db = await books.BeginAsync()) (await PendingFiles.LoadAsync(db)).ToString().ShouldBe("1 held");

        (await uploads.ReleaseAsync(books.Tenant.Id, Ann, big.Id, " ")).TryGet(out _, out var unsaid).ShouldBeFalse();
        unsaid!.Code.ShouldBe("upload.no-reason");
        (await uploads.ReleaseAsync(books.Tenant.Id, Ann, big.Id, "A holiday: it is right")).ValueOrThrow().State.ShouldBe(UploadState.Waiting);
        await WorkAsync();
        (await FindAsync(big.Id)).ShouldSatisfyAllConditions(u => u.State.ShouldBe(UploadState.Done), u => u.ReleasedBy.ShouldBe("Ann"), u => u.ReleasedWhy.ShouldBe("A holiday: it is right"));
        (await uploads.ReleaseAsync(books.Tenant.Id, Ann, big.Id, "Again")).TryGet(out _, out var done).ShouldBeFalse();
        done!.Code.ShouldBe("upload.not-held");
    }

    [Fact]
    public async Task C10_A_held_file_can_be_dropped_and_the_same_bytes_wait_once()
    {
        await GuardAsync(new VolumeGuard(carrier, 5, 50, null, null));
        for (var day = 2; day <= 4; day++) await SendAsync(day, 10);
        var text = FileOf(6, 1, "0.01");
        var held = await SendAsync("few.csv", text);
        held.State.ShouldBe(UploadState.Held);
        (await SendAsync("again.csv", text)).Failure!.Code.ShouldBe("usage.file-pending");
        (await uploads.DropAsync(books.Tenant.Id, Ann, held.Id, "Half a day")).ValueOrThrow().State.ShouldBe(UploadState.Dropped);
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task C10_Pounds_for_pence_are_noticed_by_the_price_of_a_minute()
    {
        await GuardAsync(new VolumeGuard(carrier, 5, null, null, 25));
        for (var day = 2; day <= 4; day++) (await SendAsync(day, 10)).State.ShouldBe(UploadState.Done);
        (await SendAsync("pounds.csv", FileOf(5, 10, "1.00"))).Failure!.Message.ShouldContain("cost a minute 1 instead of 0.01");
        (await SendAsync("pence.csv", FileOf(5, 30, "0.01"))).State.ShouldBe(UploadState.Done, "three times as many lines are not its business");
    }

    [Fact]
    public void C10_Saturdays_are_measured_by_Saturdays()
    {
        var guard = new VolumeGuard("x", 4, 50, null, null);
        var saturday = new DateOnly(2026, 3, 28);
        // Six weeks, the latest first: Saturdays are small.
        var before = Enumerable.Range(1, 42).Select(back => saturday.AddDays(-back)).Select(day => new FileFigures(day, false, day.DayOfWeek == DayOfWeek.Saturday ? 10 : 100, 0, 0)).ToList();
        guard.Judge(new FileFigures(saturday, false, 11, 0, 0), before).ShouldBeNull();
        guard.Judge(new FileFigures(saturday, false, 100, 0, 0), before)!.Message.ShouldContain("4 Saturdays");
        guard.Judge(new FileFigures(saturday, true, 100, 0, 0), before).ShouldBeNull("months have no weekday");
        guard.Judge(new FileFigures(saturday, false, 100, 0, 0), [.. before.Take(2)]).ShouldBeNull("two files are no measure");
    }

    [Theory]
    [InlineData("", 5, 10, "guard.no-carrier")]
    [InlineData("x", 2, 10, "guard.bad-files")]
    [InlineData("x", 5, 0, "guard.bad-percent")]
    [InlineData("x", 5, null, "guard.no-limit")]
    [InlineData("x", 5, 10, null)]
    public void A_guard_that_guards_nothing_is_refused(string whose, int files, int? percent, string? code) =>
        new VolumeGuard(whose, files, percent, null, null).Check().Select(one => one.Failure.Code).FirstOrDefault().ShouldBe(code);

    [Fact]
    public async Task CDR_4_Each_carrier_is_beside_the_month_before()
    {
        (await books.ImportAsync("feb.csv", books.Call(First, "2026-02-10 10:00:00", 60), books.Call(First, "2026-02-27 10:00:00", 60))).ValueOrThrow();
        (await books.ImportAsync("mar.csv", books.Call(First, "2026-03-02 10:00:00", 120), books.Call(441632960999, "2026-03-03 10:00:00", 30), books.Call(First, "2026-04-01 07:00:00", 30))).ValueOrThrow();
        var again = books.Call(First, "2026-03-04 10:00:00", 60);
        (await books.ImportAsync("mar2.csv", again, again)).ValueOrThrow();

        await using var db = await books.BeginAsync();
        var march = await CarrierComparison.LoadAsync(db, books.Tenant, new(2026, 3, 9), books.Clock.GetUtcNow());
        march.Period.ShouldBe(new DateInterval(new(2026, 3, 1), new(2026, 4, 1)));
        march.Carriers.ShouldBe([new ComparedCarrier(carrier, new CarrierFigures(2, 3, 1, 210, 0.03m, 0.03m), new CarrierFigures(1, 2, 0, 120, 0.02m, 0.02m))]);
        // April has had one day.
        var april = await CarrierComparison.LoadAsync(db, books.Tenant, null, books.Clock.GetUtcNow());
        (april.Period, april.Earlier).ShouldBe((new DateInterval(new(2026, 4, 1), new(2026, 4, 2)), new DateInterval(new(2026, 3, 1), new(2026, 3, 2))));
        april.Carriers.ShouldHaveSingleItem().Before.ShouldBe(CarrierFigures.None);
    }

    private async Task GuardAsync(VolumeGuard guard)
    {
        await using var db = await books.BeginAsync();
        (await GuardBook.SaveAsync(db, guard)).ValueOrThrow();
        (await GuardBook.SaveAsync(db, guard)).TryGet(out _, out var taken).ShouldBeFalse();
        taken!.Code.ShouldBe("records.taken");
        await db.CommitAsync();
    }

    private Task<Upload> SendAsync(int day, int lines) => SendAsync($"{day}.csv", FileOf(day, lines, "0.01"));

    private async Task<Upload> SendAsync(string name, string text)
    {
        var upload = await uploads.ReceiveAsync(books.Tenant.Id, Ann, Guid.NewGuid(), name, new MemoryStream(Encoding.UTF8.GetBytes(text)), null);
        await WorkAsync();
        return await FindAsync(upload.Id);
    }

    private string FileOf(int day, int lines, string cost) => Heading + string.Concat(Enumerable.Range(0, lines).Select(i => string.Create(CultureInfo.InvariantCulture,
        $"{First},442079460000,{day:00}/03/2026,10:{i:00}:00,60,{cost},G{++references},GBP\n")));

    private async Task WorkAsync()
    {
        var runner = new JobRunner(books.Database, new JobKinds(UsageModule.Jobs(uploads, new ErrorRepair(books.Database, books.Clock))), books.Clock);
        foreach (var (tenant, job) in await JobBook.LiveAsync(books.Database)) await runner.RunAsync(tenant, job, CancellationToken.None);
    }

    private async Task<Upload> FindAsync(long id)
    {
        await using var db = await books.BeginAsync();
        return (await UploadList.FindAsync(db, id))!;
    }

    private async Task<int> FilesAsync()
    {
        await using var db = await books.BeginAsync();
        return (await UsageBalance.LoadAsync(db, null)).Count;
    }
}
