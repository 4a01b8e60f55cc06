using Billing.Abstractions.Values;
using Billing.Host.Jobs;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Billing.Host.Tests.Jobs;

/// <summary>Several hosts on one database, each with its own scheduler.</summary>
[Trait("needs", "postgres")]
public sealed class JobScheduleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Two_hosts_share_the_jobs_and_each_is_done_once()
    {
        await using var works = await Works.OpenAsync();
        var (runs, all) = (0, new TaskCompletionSource());
        var kind = new JobKind("test.count", "Counting", Permission.ViewUsage, false, (_, _) =>
        {
            if (Interlocked.Increment(ref runs) == 6) all.SetResult();
            return Task.FromResult<Result<string>>("counted");
        });
        using var first = await StartAsync(works, isWorker: true, kind);
        using var second = await StartAsync(works, isWorker: true, kind);
        var ids = new List<JobId>();
        for (var i = 0; i < 6; i++) ids.Add(await works.RequestAsync("test.count", $"thing/{i}", Actor.System));

        await all.Task.WaitAsync(Patience);
        await second.StopAsync();
        await first.StopAsync();
        foreach (var id in ids) ((await works.FindAsync(id)) is { State: JobState.Done, Attempt: 1 }).ShouldBeTrue();
        runs.ShouldBe(6);
    }

    [Fact]
    public async Task What_was_asked_for_while_nobody_listened_is_found()
    {
        await using var works = await Works.OpenAsync();
        var id = await works.RequestAsync("test.found", "x", Actor.System);
        var done = new TaskCompletionSource();
        using var host = await StartAsync(works, isWorker: true, new JobKind("test.found", "Found", Permission.ViewUsage, false, (_, _) =>
        {
            done.SetResult();
            return Task.FromResult<Result<string>>("found");
        }));
        await done.Task.WaitAsync(Patience);
        await host.StopAsync();
        (await works.FindAsync(id)).State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task A_host_for_pages_only_asks_and_does_not_work()
    {
        await using var works = await Works.OpenAsync();
        var done = new TaskCompletionSource<string>();
        JobKind Kind(string where) => new("test.where", "Where", Permission.ViewUsage, false, (_, _) =>
        {
            done.SetResult(where);
            return Task.FromResult<Result<string>>(where);
        });
        using var web = await StartAsync(works, isWorker: false, Kind("web"));
        var id = await works.RequestAsync("test.where", "x", Actor.System);
        using var worker = await StartAsync(works, isWorker: true, Kind("worker"));
        (await done.Task.WaitAsync(Patience)).ShouldBe("worker");
        await worker.StopAsync();
        await web.StopAsync();
        (await works.FindAsync(id)).Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task A_host_that_stops_hands_its_job_to_the_next_one()
    {
        await using var works = await Works.OpenAsync();
        var (begun, done) = (new TaskCompletionSource(), new TaskCompletionSource());
        var kind = new JobKind("test.long", "Long", Permission.ViewUsage, false, async (run, token) =>
        {
            if (begun.TrySetResult()) await new TaskCompletionSource().Task.WaitAsync(token);
            done.TrySetResult();
            return "done";
        });
        using (var host = await StartAsync(works, isWorker: true, kind))
        {
            await works.RequestAsync("test.long", "x", Actor.System);
            await begun.Task.WaitAsync(Patience);
            await host.StopAsync();
        }
        using var next = await StartAsync(works, isWorker: true, kind);
        await done.Task.WaitAsync(Patience);
        await next.StopAsync();
    }

    [Fact]
    public async Task A_host_that_stops_says_goodbye_and_nobody_takes_it_for_a_failed_one()
    {
        await using var works = await Works.OpenAsync();
        var done = new TaskCompletionSource();
        using var host = await StartAsync(works, isWorker: true, new JobKind("test.last", "Last", Permission.ViewUsage, false, (_, _) =>
        {
            done.TrySetResult();
            return Task.FromResult<Result<string>>("done");
        }));
        await works.RequestAsync("test.last", "x", Actor.System);
        await done.Task.WaitAsync(Patience);
        (await HostsAsync(works)).ShouldBe(1);
        await host.StopAsync();
        (await HostsAsync(works)).ShouldBe(0);
    }

    [Fact]
    public async Task A_host_whose_scheduler_cannot_begin_stops_and_says_so()
    {
        await using var works = await Works.OpenAsync();
        await using (var owner = NpgsqlDataSource.Create(works.OwnerConnectionString))
        await using (var drop = owner.CreateCommand("drop schema quartz cascade"))
            await drop.ExecuteNonQueryAsync();

        using var host = await StartAsync(works, isWorker: true);
        await host.WaitForShutdownAsync().WaitAsync(Patience);

        Should.Throw<UsageException>(host.Services.EnsureScheduled).Code.ShouldBe("jobs.not-scheduled");
    }

    private static async Task<long> HostsAsync(Works works)
    {
        await using var count = works.Database.Pool.CreateCommand("select count(*) from quartz.scheduler_state");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static async Task<IHost> StartAsync(Works works, bool isWorker, params JobKind[] kinds)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(works.Database).AddSingleton(TimeProvider.System).AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddJobs(isWorker, _ => kinds);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
