using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;

namespace Billing.Host.Tests.Jobs;

/// <summary>A job's row: asked for once, done by one, taken over, stopped.</summary>
[Trait("needs", "postgres")]
public sealed class JobTests
{
    private static readonly Actor Jane = new(ActorKind.Staff, 7, "Jane Hill");

    [Fact]
    public async Task A_job_is_done_in_the_name_of_who_asked_and_says_how_it_ended()
    {
        await using var works = await Works.OpenAsync();
        var id = await works.RequestAsync("test.greet", "door/1", Jane, new Greeting("Hello"));
        Actor? actor = null;
        await works.Runner(new JobKind("test.greet", "Greeting", Permission.ViewUsage, false, async (run, token) =>
        {
            actor = run.Actor;
            await run.ReportAsync(1, 1, "greeting", token);
            return run.Arguments<Greeting>().Word + ", " + run.Tenant.Name;
        })).RunAsync(works.Tenant, id, default);

        actor.ShouldBe(Jane);
        var job = await works.FindAsync(id);
        (job.State, job.Message, job.Done, job.Attempt).ShouldBe((JobState.Done, "Hello, Test", 1, 1));
    }

    [Fact]
    public async Task What_is_rolled_back_was_never_asked_for()
    {
        await using var works = await Works.OpenAsync();
        var rung = 0;
        works.Database.Jobs.Rung = (_, _) => { rung++; return Task.CompletedTask; };
        await using (var db = await works.Database.BeginAsync(works.Tenant, Jane))
            await JobBook.RequestAsync(db, "test.any", "x", new { }, TimeProvider.System.GetUtcNow());
        rung.ShouldBe(0);
        (await JobBook.LiveAsync(works.Database)).ShouldBeEmpty();

        await works.RequestAsync("test.any", "x", Jane);
        rung.ShouldBe(1);
        (await JobBook.LiveAsync(works.Database)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Asked_for_by_two_at_once_it_is_one_job()
    {
        await using var works = await Works.OpenAsync();
        await using var first = await works.Database.BeginAsync(works.Tenant, Jane);
        var (id, isNew) = await JobBook.RequestAsync(first, "test.any", "run/1", new { }, TimeProvider.System.GetUtcNow());
        isNew.ShouldBeTrue();
        var second = Task.Run(() => works.RequestAsync("test.any", "run/1", Actor.System));
        await first.CommitAsync();
        (await second).ShouldBe(id);
    }

    [Fact]
    public async Task Run_twice_at_once_the_later_one_takes_over_and_the_outcome_is_written_once()
    {
        await using var works = await Works.OpenAsync();
        var id = await works.RequestAsync("test.slow", "x", Jane);
        var (begun, goOn, runs) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var runner = works.Runner(new JobKind("test.slow", "Slow", Permission.ViewUsage, false, async (run, token) =>
        {
            if (Interlocked.Increment(ref runs) == 1)
            {
                begun.SetResult();
                await goOn.Task.WaitAsync(token);
                await run.ReportAsync(2, 2, "too late", token);
                token.ThrowIfCancellationRequested();
                return "first";
            }
            return "second";
        }));
        var first = runner.RunAsync(works.Tenant, id, default);
        await begun.Task;
        await runner.RunAsync(works.Tenant, id, default);
        goOn.SetResult();
        await first;

        var job = await works.FindAsync(id);
        (job.State, job.Message, job.Attempt).ShouldBe((JobState.Done, "second", 2));
        await runner.RunAsync(works.Tenant, id, default);
        runs.ShouldBe(2, "a job that is over is not run again");
    }

    [Fact]
    public async Task One_that_waits_is_cancelled_at_once_and_one_that_runs_at_its_next_step()
    {
        await using var works = await Works.OpenAsync();
        var waiting = await works.RequestAsync("test.steps", "waiting", Jane, mayCancel: true);
        await works.CancelAsync(waiting);
        (await works.FindAsync(waiting)).State.ShouldBe(JobState.Cancelled);

        var running = await works.RequestAsync("test.steps", "running", Jane, mayCancel: true);
        await works.Runner(new JobKind("test.steps", "Steps", Permission.ViewUsage, true, async (run, token) =>
        {
            (await works.CancelAsync(run.Id)).ValueOrThrow().ShouldBe(JobState.Running);
            await run.ReportAsync(1, 1, "one", token);
            token.ThrowIfCancellationRequested();
            return "never";
        })).RunAsync(works.Tenant, running, default);
        (await works.FindAsync(running)).State.ShouldBe(JobState.Cancelled);
        (await works.CancelAsync(running)).TryGet(out _, out var over).ShouldBeFalse();
        over!.Code.ShouldBe("job.over");
    }

    [Fact]
    public async Task Some_jobs_can_not_be_stopped_half_way()
    {
        await using var works = await Works.OpenAsync();
        var id = await works.RequestAsync("test.post", "run/1", Jane);
        (await works.CancelAsync(id)).TryGet(out _, out var failure).ShouldBeFalse();
        failure!.Code.ShouldBe("job.no-cancel");
    }

    [Fact]
    public async Task Stopped_with_its_host_it_waits_for_another()
    {
        await using var works = await Works.OpenAsync();
        var id = await works.RequestAsync("test.wait", "x", Jane);
        using var host = new CancellationTokenSource();
        await works.Runner(new JobKind("test.wait", "Wait", Permission.ViewUsage, false, async (_, token) =>
        {
            await host.CancelAsync();
            token.ThrowIfCancellationRequested();
            return "never";
        })).RunAsync(works.Tenant, id, host.Token);
        (await works.FindAsync(id)).State.ShouldBe(JobState.Waiting);
    }

    [Fact]
    public async Task A_failure_keeps_its_code_and_a_fault_shows_a_reference_and_no_trace()
    {
        await using var works = await Works.OpenAsync();
        var (refused, broken, unknown) = (await works.RequestAsync("test.refuse", "x", Jane), await works.RequestAsync("test.break", "x", Jane), await works.RequestAsync("test.nobody", "x", Jane));
        var runner = works.Runner(
            new JobKind("test.refuse", "", "", false, (_, _) => Task.FromResult<Result<string>>(new Failure("test.no", "Not today."))),
            new JobKind("test.break", "", "", false, (_, _) => throw new InvalidOperationException("a secret inside")));
        foreach (var id in new[] { refused, broken, unknown }) await runner.RunAsync(works.Tenant, id, default);

        (await works.FindAsync(refused)).Failure.ShouldBe(new Failure("test.no", "Not today."));
        var fault = (await works.FindAsync(broken)).Failure!;
        fault.Code.ShouldBe("job.fault");
        fault.Message.ShouldNotContain("secret");
        (await works.FindAsync(unknown)).Failure!.Code.ShouldBe("job.unknown-kind");
        works.Faults.ShouldHaveSingleItem().ShouldContain("a secret inside");
    }

    private sealed record Greeting(string Word);
}
